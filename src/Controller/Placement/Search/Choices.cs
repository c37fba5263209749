namespace Forewarn.Controller.Placement.Search;

/// <summary>The few cheapest of many destinations; of equals those that came first.</summary>
internal sealed class Choices(int most)
{
    private readonly (Int128 Cost, int Place)[] _kept = new (Int128, int)[most];
    private int _count;
    private int _dearest;

    public void Clear() => _count = 0;

    public void Add(Int128 cost, int place)
    {
        if (_count < _kept.Length) _kept[_count++] = (cost, place);
        else if (cost < _kept[_dearest].Cost) _kept[_dearest] = (cost, place);
        else return;
        if (_count < _kept.Length) return;
        _dearest = 0;
        for (var i = 1; i < _count; i++)
        {
            if (_kept[i].CompareTo(_kept[_dearest]) > 0) _dearest = i;
        }
    }

    /// <summary>The cheapest first.</summary>
    public int[] Places()
    {
        var kept = _kept.AsSpan(0, _count);
        kept.Sort();
        var places = new int[_count];
        for (var i = 0; i < places.Length; i++) places[i] = kept[i].Place;
        return places;
    }
}

using System.Runtime.InteropServices;

namespace Forewarn.Predict.Rules;

/// <summary>Where a rule puts its verdicts; used again for every question.</summary>
public sealed class Verdicts
{
    private readonly List<Verdict> _held = new(32);
    private readonly List<long> _withheld = new(8);

    /// <summary>What holds.</summary>
    public IReadOnlyList<Verdict> Held => _held;

    internal ReadOnlySpan<Verdict> Span => CollectionsMarshal.AsSpan(_held);

    /// <summary>True when nothing could be read that would tell: what holds stays, nothing is raised.</summary>
    public bool IsWithheld { get; private set; }

    /// <summary>Keys of which nobody can tell, while of others one can.</summary>
    internal ReadOnlySpan<long> Withheld => CollectionsMarshal.AsSpan(_withheld);

    /// <summary>Says that this holds.</summary>
    public void Add(in Verdict verdict) => _held.Add(verdict);

    /// <summary>Says that nobody can tell now.</summary>
    public void Withhold() => IsWithheld = true;

    /// <summary>True when something holds under this key.</summary>
    internal bool Says(long key)
    {
        foreach (ref readonly var verdict in Span)
        {
            if (verdict.Key == key) return true;
        }

        return false;
    }

    /// <summary>Says that nobody can tell now of this one of several alike.</summary>
    public void Withhold(long key) => _withheld.Add(key);

    /// <summary>Empties it for the next question.</summary>
    public void Clear()
    {
        _held.Clear();
        _withheld.Clear();
        IsWithheld = false;
    }
}

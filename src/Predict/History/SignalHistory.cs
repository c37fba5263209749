using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>One signal of one device, each instance (link) for itself.</summary>
public sealed class SignalHistory(SignalId signal)
{
    private readonly bool _counts = SignalCatalog.Of(signal) is { Family.Kind: SignalKind.Counter } or { IsOfLife: true };
    private readonly bool _wraps = SignalCatalog.Of(signal).Wraps;
    private Reading[] _last = [];
    private DateTimeOffset[] _read = [];
    private double[] _counted = []; // the newest value of what counts, kept over absences; NaN before the first
    private readonly List<(ushort Instance, RollingSum Sum)> _windows = [];

    /// <summary>How many instances were read.</summary>
    public int Instances => _last.Length;

    /// <summary>The last reading.</summary>
    public Reading Last(ushort instance) => instance < _last.Length ? _last[instance] : Reading.None(signal, NoDataReason.NotSupported, instance);

    /// <summary>When it was read; the default before the first time.</summary>
    public DateTimeOffset ReadAt(ushort instance) => instance < _read.Length ? _read[instance] : default;

    /// <summary>Takes a reading.</summary>
    public void Take(in Reading reading, DateTimeOffset now)
    {
        if (reading.Instance >= _last.Length) Grow(reading.Instance + 1);
        if (_counts && reading.HasValue) Count(in reading, now);
        _last[reading.Instance] = reading;
        _read[reading.Instance] = now;
    }

    /// <summary>Growth within the window that ends now. The window counts from the first question on.</summary>
    public double Increase(ushort instance, TimeSpan window, DateTimeOffset now) => Window(instance, window).Total(now);

    /// <summary>The same, and how it came about.</summary>
    public Growth Growth(ushort instance, TimeSpan window, DateTimeOffset now) => Window(instance, window).Growth(now);

    private RollingSum Window(ushort instance, TimeSpan window)
    {
        foreach (var (of, sum) in _windows)
        {
            if (of == instance && sum.Window == window) return sum;
        }

        var added = new RollingSum(window);
        _windows.Add((instance, added));
        return added;
    }

    /// <summary>A counter that fell was restarted: what it shows now came since, but nobody knows within how long, so it is a new beginning.</summary>
    private void Count(in Reading reading, DateTimeOffset now)
    {
        var before = _counted[reading.Instance];
        _counted[reading.Instance] = reading.Value;
        if (double.IsNaN(before) || reading.Value <= before || _wraps) return;
        foreach (var (of, sum) in _windows)
        {
            if (of == reading.Instance) sum.Add(reading.Value - before, now);
        }
    }

    private void Grow(int count)
    {
        var from = _last.Length;
        Array.Resize(ref _last, count);
        Array.Resize(ref _read, count);
        Array.Resize(ref _counted, count);
        for (var i = from; i < count; i++)
        {
            _last[i] = Reading.None(signal, NoDataReason.NotSupported, (ushort)i);
            _counted[i] = double.NaN;
        }
    }
}

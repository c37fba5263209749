namespace Forewarn.Model;

/// <summary>
/// The readings of one device at one time. Reused: the agent fills it from a frame, the next stage takes it and gives it back,
/// so that the steady state allocates nothing. Nobody keeps one.
/// </summary>
public sealed class Sample
{
    /// <summary>More readings than a frame can carry.</summary>
    public const int Capacity = 340;

    private readonly Reading[] _readings = new Reading[Capacity];
    private int _count;

    /// <summary>The device; set by whoever fills the sample.</summary>
    public Device? Device { get; set; }

    /// <summary>Fast or slow.</summary>
    public SampleGroup Group { get; set; }

    /// <summary>Wall clock at the start of the device's turn.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>Monotonic timestamp at which it reached the agent; how old it is does not depend on the wall clock.</summary>
    public long Arrived { get; set; }

    /// <summary>How long the vendor calls of this turn took together; zero when the source does not tell.</summary>
    public TimeSpan CallTime { get; set; }

    /// <summary>The kernel's boot id; counters of two boots must not be subtracted.</summary>
    public string BootId { get; set; } = "";

    /// <summary>Grows by one whenever a counter of this device was seen to fall (driver reload, card reset).</summary>
    public int CounterGeneration { get; set; }

    /// <summary>Number of the probe that took it; what an already ended probe took is not believed.</summary>
    public uint Generation { get; set; }

    /// <summary>The readings, in the order the source wrote them.</summary>
    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, _count);

    /// <summary>Empties the sample for its next use.</summary>
    public void Clear()
    {
        _count = 0;
        Device = null;
        CallTime = TimeSpan.Zero;
    }

    /// <summary>Appends a reading; false when the sample is full.</summary>
    public bool Add(Reading reading)
    {
        if (_count == Capacity) return false;
        _readings[_count++] = reading;
        return true;
    }
}

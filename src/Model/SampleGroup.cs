namespace Forewarn.Model;

/// <summary>How often a signal is read.</summary>
public enum SampleGroup : byte
{
    /// <summary>Cheap registers: every second by default.</summary>
    Fast,

    /// <summary>Counters kept in flash, link counters, limits and modes: every minute by default.</summary>
    Slow,
}

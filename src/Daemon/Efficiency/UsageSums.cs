namespace Forewarn.Daemon.Efficiency;

/// <summary>What was done over some time, in sums, so that any two add up. For a job on several devices the seconds are device-seconds.</summary>
internal readonly record struct UsageSums
{
    /// <summary>Seconds for which the utilisation is known; only these are busy or idle.</summary>
    public double Measured { get; init; }

    /// <summary>Utilisation summed over time: half busy for 10 s is 5.</summary>
    public double Busy { get; init; }

    /// <summary>Seconds at a utilisation of 0.</summary>
    public double Idle { get; init; }

    /// <summary>Those of the idle seconds in which somebody held device memory.</summary>
    public double IdleHeld { get; init; }

    /// <summary>Seconds in which heat or a power brake held the clocks down; a power limit that works as set does not count.</summary>
    public double Throttled { get; init; }

    /// <summary>Seconds for which the energy is known.</summary>
    public double Powered { get; init; }

    /// <summary>Energy of the powered seconds.</summary>
    public double Joules { get; init; }

    /// <summary>0 to 1; null where nothing was measured.</summary>
    public double? MeanUtilization => Measured > 0 ? Busy / Measured : null;

    public double? MeanWatts => Powered > 0 ? Joules / Powered : null;

    /// <summary>Energy per utilised device-second. From the means, since energy and utilisation may not be known for the same seconds.</summary>
    public double? JoulesPerBusySecond => Busy > 0 ? MeanWatts / MeanUtilization : null;

    public static UsageSums operator +(in UsageSums a, in UsageSums b) => new()
    {
        Measured = a.Measured + b.Measured,
        Busy = a.Busy + b.Busy,
        Idle = a.Idle + b.Idle,
        IdleHeld = a.IdleHeld + b.IdleHeld,
        Throttled = a.Throttled + b.Throttled,
        Powered = a.Powered + b.Powered,
        Joules = a.Joules + b.Joules,
    };

    public static UsageSums operator *(in UsageSums sums, double share) => new()
    {
        Measured = sums.Measured * share,
        Busy = sums.Busy * share,
        Idle = sums.Idle * share,
        IdleHeld = sums.IdleHeld * share,
        Throttled = sums.Throttled * share,
        Powered = sums.Powered * share,
        Joules = sums.Joules * share,
    };
}

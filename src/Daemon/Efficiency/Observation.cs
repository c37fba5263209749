using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>What the accounts take from one fast sample of a device. What was not read is not a number.</summary>
internal readonly record struct Observation
{
    private const long Mebibyte = 1L << 20;

    // Own choice: above what a driver keeps for itself on an idle card (15 MiB pass Meta's GCM idle check), below an empty CUDA context.
    private const long Held = 128 * Mebibyte;

    // Drivers that do not tell what they reserve count it as used, up to about 600 MiB on an 80 GB card.
    private const long HeldWithReserved = 1024 * Mebibyte;

    /// <summary>Seconds of the <see cref="SteadyClock"/>.</summary>
    public required double Time { get; init; }

    public double Utilization { get; private init; }

    public double Watts { get; private init; }

    /// <summary>The card's own counter.</summary>
    public double Joules { get; private init; }

    /// <summary>Counters of two generations must not be subtracted.</summary>
    public int CounterGeneration { get; private init; }

    public bool IsHeld { get; private init; }

    public bool IsThrottled { get; private init; }

    public static Observation Of(Sample sample, double time, ImmutableArray<DeviceWorkload> workloads)
    {
        var (utilization, watts, joules, used, reserved) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var throttled = false;
        foreach (ref readonly var reading in sample.Readings)
        {
            if (!reading.HasValue || !double.IsFinite(reading.Value)) continue;
            switch (reading.Signal)
            {
                case SignalId.UtilizationGpu: utilization = reading.Value; break;
                case SignalId.Power: watts = reading.Value; break;
                case SignalId.Energy: joules = reading.Value; break;
                case SignalId.MemoryUsed: used = reading.Value; break;
                case SignalId.MemoryReserved: reserved = reading.Value; break;
                case SignalId.ClockEventHardwareSlowdown or SignalId.ClockEventSoftwareThermal
                    or SignalId.ClockEventHardwareThermal or SignalId.ClockEventHardwarePowerBrake:
                    throttled |= reading.Value > 0;
                    break;
            }
        }

        return new Observation
        {
            Time = time,
            Utilization = utilization,
            Watts = watts,
            Joules = joules,
            CounterGeneration = sample.CounterGeneration,
            IsHeld = double.IsNaN(used) || double.IsNaN(reserved) ? used >= HeldWithReserved || Told(workloads) >= Held : used >= Held,
            IsThrottled = throttled,
        };
    }

    /// <summary>What was done since the one before. Utilisation, memory and clocks are those at the end: a reading tells of the time before it.</summary>
    public UsageSums Since(in Observation before)
    {
        var seconds = Time - before.Time;
        var joules = Joules >= before.Joules && CounterGeneration == before.CounterGeneration ? Joules - before.Joules : Watts * seconds;
        var (isMeasured, isPowered) = (!double.IsNaN(Utilization), !double.IsNaN(joules));
        var isIdle = Utilization <= 0;
        return new UsageSums
        {
            Measured = isMeasured ? seconds : 0,
            Busy = isMeasured ? Utilization * seconds : 0,
            Idle = isIdle ? seconds : 0,
            IdleHeld = isIdle && IsHeld ? seconds : 0,
            Throttled = isMeasured && IsThrottled ? seconds : 0,
            Powered = isPowered ? seconds : 0,
            Joules = isPowered ? joules : 0,
        };
    }

    // Told every few seconds only, so that what the card itself says goes first.
    private static long Told(ImmutableArray<DeviceWorkload> workloads)
    {
        long sum = 0;
        foreach (var workload in workloads) sum += Math.Max(0, workload.MemoryBytes);
        return sum;
    }
}

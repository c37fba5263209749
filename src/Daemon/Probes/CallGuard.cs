namespace Forewarn.Daemon.Probes;

/// <summary>Announces vendor calls of one lane in its slot, with the deadline that fits them.</summary>
internal sealed class CallGuard(CallSlots slots, ProbeLane lane, TimeProvider time)
{
    /// <summary>Tag for a call that concerns no single device.</summary>
    public static readonly byte[] NoDevice = CallSlots.Tag("-");

    /// <summary>Announces a call and returns the moment of its begin.</summary>
    public long Enter(ReadOnlySpan<byte> device, ReadOnlySpan<byte> call, TimeSpan deadline)
    {
        var start = time.GetTimestamp();
        slots.Enter(lane, device, call, start, (int)deadline.TotalMilliseconds);
        return start;
    }

    /// <summary>Says that the call returned, and how long it took.</summary>
    public TimeSpan Leave(long start)
    {
        slots.Leave(lane);
        return time.GetElapsedTime(start);
    }
}

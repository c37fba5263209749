using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>The kernel log as the agent has it, with its meters; written by its reader, read by everyone who tells of the node.</summary>
internal sealed class KernelLogView(DateTimeOffset now)
{
    private readonly long[] _refused = new long[Enum.GetValues<KernelLogFault>().Length];
    private SourceStatus _status = new(SourceState.Starting, NoDataReason.None, "starting", now);
    private long _records;
    private long _notUnderstood;
    private long _overruns;
    private long _lost;
    private long _lagTicks;

    /// <summary>Its file; "" where no reader said it.</summary>
    public string Path { get; init; } = "";

    public SourceStatus Status
    {
        get => Volatile.Read(ref _status);
        set => Volatile.Write(ref _status, value);
    }

    /// <summary>Records read, refused ones too.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Lines that begin as one that we know, and go on otherwise; they are told as they stand.</summary>
    public long NotUnderstood => Interlocked.Read(ref _notUnderstood);

    /// <summary>Times that records had been overwritten before they were read.</summary>
    public long Overruns => Interlocked.Read(ref _overruns);

    /// <summary>How many records these were.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>How old the record that was read last was then.</summary>
    public TimeSpan Lag
    {
        get => new(Interlocked.Read(ref _lagTicks));
        set => Interlocked.Exchange(ref _lagTicks, value.Ticks);
    }

    public long Refused(KernelLogFault fault) => Interlocked.Read(ref _refused[(int)fault]);

    public void CountRecord() => Interlocked.Increment(ref _records);

    public void CountRefused(KernelLogFault fault) => Interlocked.Increment(ref _refused[(int)fault]);

    public void CountNotUnderstood() => Interlocked.Increment(ref _notUnderstood);

    public void CountOverrun(long lost)
    {
        Interlocked.Increment(ref _overruns);
        Interlocked.Add(ref _lost, lost);
    }
}

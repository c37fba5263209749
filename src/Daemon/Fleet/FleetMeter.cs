using Forewarn.Daemon.Exporters;

namespace Forewarn.Daemon.Fleet;

/// <summary>What the controller counts of the reports that it gets. Any thread.</summary>
internal sealed class FleetMeter
{
    private readonly long[] _refused = new long[Enum.GetValues<ReportRefusal>().Length];
    private long _taken;
    private long _duplicate;
    private long _transitions;

    /// <summary>The reasons as label values, by their number.</summary>
    public static string[] Reasons { get; } = EnumLabels.Of<ReportRefusal>();

    /// <summary>Reports taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Reports that were sent twice: answered as taken, and nothing changed by them.</summary>
    public long Duplicate => Interlocked.Read(ref _duplicate);

    /// <summary>Transitions stored.</summary>
    public long Transitions => Interlocked.Read(ref _transitions);

    /// <summary>Reports refused for this reason.</summary>
    public long Refused(ReportRefusal reason) => Interlocked.Read(ref _refused[(int)reason]);

    public void CountTaken(bool isNewer) => Interlocked.Increment(ref isNewer ? ref _taken : ref _duplicate);

    public void CountStored(int transitions) => Interlocked.Add(ref _transitions, transitions);

    public void CountRefused(ReportRefusal reason) => Interlocked.Increment(ref _refused[(int)reason]);
}

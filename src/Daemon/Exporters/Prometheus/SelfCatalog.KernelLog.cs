using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    public static SelfFamily KernelLogUp { get; } = new("forewarn_kernel_log_up", FamilyType.Gauge, SignalUnit.None,
        "1 while the kernel log is read. These series are there unless it is switched off.");

    public static SelfFamily KernelLogRecords { get; } = new("forewarn_kernel_log_records_total", FamilyType.Counter, SignalUnit.None,
        "Records of the kernel log that were read.");

    public static SelfFamily KernelLogRefused { get; } = new("forewarn_kernel_log_refused_records_total", FamilyType.Counter, SignalUnit.None,
        "Records of the kernel log that were not taken, by why; only reasons that occurred.",
        new SelfLabel("reason", string.Join(", ", EnumLabels.Of<KernelLogFault>().Skip(1).Select(value => $"`{value}`"))));

    public static SelfFamily KernelLogNotUnderstood { get; } = new("forewarn_kernel_log_lines_not_understood_total", FamilyType.Counter,
        SignalUnit.None, "Lines that begin as one that is known and go on otherwise; they are told as they stand.");

    public static SelfFamily KernelLogOverruns { get; } = new("forewarn_kernel_log_overruns_total", FamilyType.Counter, SignalUnit.None,
        "Times that records had been overwritten before they could be read.");

    public static SelfFamily KernelLogLost { get; } = new("forewarn_kernel_log_lost_records_total", FamilyType.Counter, SignalUnit.None,
        "Records that were overwritten before they could be read.");

    public static SelfFamily KernelLogLag { get; } = new("forewarn_kernel_log_lag_seconds", FamilyType.Gauge, SignalUnit.Seconds,
        "How old the newest record that said something was when it was read; 0 when the log was read to its end.");

    public static ImmutableArray<SelfFamily> KernelLog =>
        [KernelLogUp, KernelLogRecords, KernelLogRefused, KernelLogNotUnderstood, KernelLogOverruns, KernelLogLost, KernelLogLag];
}

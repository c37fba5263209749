using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The series of one process of ours, known by its role and not by its pid.</summary>
internal sealed class ProcessSeries(string process)
{
    public string Process => process;

    public byte[] Cpu { get; } = Of(SelfCatalog.ProcessCpuSeconds, process);

    public byte[] Pss { get; } = Of(SelfCatalog.ProcessPss, process);

    public byte[] Allocated { get; } = Of(SelfCatalog.ProcessAllocated, process);

    public byte[] Collections { get; } = Of(SelfCatalog.ProcessCollections, process);

    private static byte[] Of(SelfFamily family, string process) => family.Series(new SignalLabel("process", process));
}

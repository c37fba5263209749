using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private void WriteDaemon(ref ExpositionWriter writer)
    {
        WriteQueues(ref writer);
        WriteProcesses(ref writer);
        writer.Begin(SelfCatalog.UnresolvedProcesses.Header);
        for (var reason = 0; reason < _unresolved.Length; reason++)
        {
            if (_view.Attribution.Unresolved((NoDataReason)reason) is > 0 and var processes) writer.Sample(_unresolved[reason], processes);
        }

        writer.Begin(SelfCatalog.Scrapes.Header);
        writer.Sample(_scrapes, Meter.Scrapes);
        writer.Begin(SelfCatalog.ScrapeDuration.Header);
        writer.Sample(_scrapeSeconds, Meter.Seconds);
    }

    private void WriteQueues(ref ExpositionWriter writer)
    {
        var queues = _queues.Follow(_view.Queues);
        writer.Begin(SelfCatalog.QueueDepth.Header);
        foreach (var queue in queues) writer.Sample(queue.Depth, (long)queue.Meter.Depth);
        writer.Begin(SelfCatalog.QueueCapacity.Header);
        foreach (var queue in queues) writer.Sample(queue.Capacity, (long)queue.Meter.Capacity);
        writer.Begin(SelfCatalog.QueueDropped.Header);
        foreach (var queue in queues) writer.Sample(queue.Dropped, queue.Meter.Dropped);
    }

    private void WriteProcesses(ref ExpositionWriter writer)
    {
        var usages = _view.Processes;
        var processes = _processes.Follow(usages);
        writer.Begin(SelfCatalog.ProcessCpuSeconds.Header);
        for (var i = 0; i < processes.Length; i++) writer.Sample(processes[i].Cpu, usages[i].CpuSeconds);
        writer.Begin(SelfCatalog.ProcessPss.Header);
        for (var i = 0; i < processes.Length; i++)
        {
            if (usages[i].PssBytes > 0) writer.Sample(processes[i].Pss, usages[i].PssBytes);
        }

        writer.Begin(SelfCatalog.ProcessAllocated.Header);
        for (var i = 0; i < processes.Length; i++) writer.Sample(processes[i].Allocated, usages[i].AllocatedBytes);
        writer.Begin(SelfCatalog.ProcessCollections.Header);
        for (var i = 0; i < processes.Length; i++) writer.Sample(processes[i].Collections, usages[i].Collections);
    }
}

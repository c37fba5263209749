using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private readonly byte[] _blocked = SelfCatalog.NodeBlocked.Series();
    private readonly byte[] _stuckAny = SelfCatalog.NodeStuck.Series(new SignalLabel("owner", "any"));
    private readonly byte[] _stuckDriver = SelfCatalog.NodeStuck.Series(new SignalLabel("owner", "driver"));

    private readonly SeriesList<HostPart, HostPartSeries> _parts =
        new(part => new(part.Name), (series, part) => series.Name == part.Name);

    /// <summary>What cannot be seen of the node has no series.</summary>
    private void WriteNode(ref ExpositionWriter writer)
    {
        if (_view.Host is not { } host) return;
        if (host.Processes >= 0)
        {
            writer.Begin(SelfCatalog.NodeBlocked.Header);
            writer.Sample(_blocked, (long)host.Blocked);
            writer.Begin(SelfCatalog.NodeStuck.Header);
            writer.Sample(_stuckAny, (long)host.StuckProcesses);
            writer.Sample(_stuckDriver, (long)host.StuckOfDriver);
        }

        var parts = _parts.Follow(host.Parts);
        if (parts.IsEmpty) return;
        writer.Begin(SelfCatalog.NodePartNeeded.Header);
        for (var i = 0; i < parts.Length; i++) writer.Sample(parts[i].Needed, host.Parts[i].IsNeeded ? 1L : 0L);
        writer.Begin(SelfCatalog.NodePartUp.Header);
        for (var i = 0; i < parts.Length; i++)
        {
            if (host.Parts[i].IsThere is { } isThere) writer.Sample(parts[i].Up, isThere ? 1L : 0L);
        }
    }

    /// <summary>The series of a service or module.</summary>
    private sealed class HostPartSeries(string name)
    {
        public string Name => name;

        public byte[] Needed { get; } = SelfCatalog.NodePartNeeded.Series(new SignalLabel("part", name));

        public byte[] Up { get; } = SelfCatalog.NodePartUp.Series(new SignalLabel("part", name));
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The findings that stand, a series for each rule and severity, its value how many of them: one rule can say several things of a device.</summary>
internal sealed class FindingSeries(Func<SignalLabel, SignalLabel, byte[]> series)
{
    private static readonly string[] Severities = EnumLabels.Of<Severity>();

    private ImmutableArray<Finding> _findings = [];
    private (byte[] Series, long Count)[] _counts = [];

    /// <summary>The array is immutable: another one is another finding, which is rare enough to build anew. Observed ones ask for nothing, and one that is part of another is told with that.</summary>
    public void Write(ImmutableArray<Finding> findings, ref ExpositionWriter writer)
    {
        if (ImmutableCollectionsMarshal.AsArray(findings) != ImmutableCollectionsMarshal.AsArray(_findings))
        {
            _findings = findings;
            _counts = [.. findings.Where(finding => finding is { IsObserved: false, PartOf.Length: 0 })
                .GroupBy(finding => (finding.Rule, finding.Severity))
                .Select(alike => (series(new("rule", alike.Key.Rule), new("severity", Severities[(int)alike.Key.Severity])), (long)alike.Count()))];
        }

        foreach (var (name, count) in _counts) writer.Sample(name, count);
    }
}

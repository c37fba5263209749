using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class SignalDocumentTests
{
    [Fact]
    public void The_page_says_what_the_catalogues_say() => Golden.Matches("docs/signals.md", SignalDocument.Write());

    [Fact]
    public void Every_family_has_a_line_of_its_own()
    {
        var names = SelfCatalog.All.Select(row => row.Name)
            .Concat(SignalCatalog.Families.Select(family => family.Name))
            .Concat(DriverErrorCatalog.All.Select(metric => metric.Family.Name));
        var lines = SignalDocument.Write().Split('\n');
        Assert.All(names, name => Assert.Single(lines, line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal)));
    }
}

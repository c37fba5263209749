using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>The same of field values and of performance metrics: against what the newest driver is asked for.</summary>
public class UnreadFieldTests
{
    // nvml.h of driver 610: NVML_FI_MAX, the first number that is no field.
    private const int FirstBeyond = 303;

    private static readonly NvmlDriverVersion Newest = new(610, 43);

    [Fact]
    public void Every_field_that_is_not_asked_for_is_named_with_its_reason_and_no_other_is()
    {
        var asked = NvmlSource.ReadersOf(Newest).SelectMany(reader => reader.Fields)
            .SelectMany(row => new[] { row.Field, row.Else?.Field }).OfType<uint>().Select(id => (int)id).ToHashSet();
        Assert.Superset(new HashSet<int> { 82, 138, 202, 254, 269 }, asked); // a field, an alternative, fields that moved
        Assert.Equal(Enumerable.Range(1, FirstBeyond - 1).Except(asked), UnreadThings.Fields().Order());
    }

    [Fact]
    public void Every_performance_metric_that_is_not_asked_for_is_named_with_its_reason_and_no_other_is()
    {
        var asked = NvmlSource.ProfileMetricIds.Select(id => (int)id).ToHashSet();
        var bound = Enum.GetValues<NvmlGpmMetricId>().Where(id => id != NvmlGpmMetricId.None).Select(id => (int)id).ToHashSet();
        var named = UnreadThings.Metrics().ToHashSet(); // among them those that follow the first of a link or an engine, which alone has a name
        Assert.Empty(named.Intersect(asked));
        Assert.Equal(bound.Except(asked).Order(), named.Intersect(bound).Order());
    }
}

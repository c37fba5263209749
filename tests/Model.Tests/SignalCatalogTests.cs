namespace Forewarn.Model.Tests;

public class SignalCatalogTests
{
    [Fact]
    public void Every_number_has_its_row_and_stands_in_its_place()
    {
        var ids = Enum.GetValues<SignalId>();
        Assert.Equal(ids.Length, SignalCatalog.All.Length);
        Assert.All(ids, id => Assert.Equal(id, SignalCatalog.Of(id).Id));
    }

    [Fact]
    public void Only_counters_end_in_total()
        => Assert.All(SignalCatalog.Families, family =>
            Assert.Equal(family.Kind == SignalKind.Counter, family.Name.EndsWith("_total", StringComparison.Ordinal)));

    [Fact]
    public void The_base_unit_stands_in_the_name()
        => Assert.All(SignalCatalog.Families, family =>
        {
            var unit = family.Unit == SignalUnit.None ? "" : "_" + family.Unit.ToString().ToLowerInvariant();
            var suffix = family.Kind == SignalKind.Counter ? "_total" : "";
            Assert.EndsWith(unit + suffix, family.Name, StringComparison.Ordinal);
        });

    [Fact]
    public void A_signal_has_at_most_two_labels_of_its_own()
        => Assert.All(SignalCatalog.All, row => Assert.InRange(row.Labels.Count + (row.InstanceLabel is null ? 0 : 1), 0, 2));

    [Fact]
    public void No_two_signals_share_a_series()
    {
        var series = SignalCatalog.All.Select(row => row.Family.Name + string.Concat(row.Labels.Select(label => $",{label.Key}={label.Value}")));
        Assert.Equal(SignalCatalog.All.Length, series.Distinct().Count());
    }

    [Fact]
    public void A_family_has_one_name()
        => Assert.Equal(SignalCatalog.Families.Length, SignalCatalog.Families.Select(family => family.Name).Distinct().Count());

    [Fact]
    public void The_signals_of_a_family_stand_together()
    {
        // Exporters write readings, which come in the order of their numbers, family by family.
        var runs = SignalCatalog.All.Where((row, i) => i == 0 || SignalCatalog.All[i - 1].Family != row.Family);
        Assert.Equal(SignalCatalog.Families.Length, runs.Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65535)]
    public void A_number_out_of_a_bad_frame_is_not_known(int id) => Assert.False(SignalCatalog.Knows(id));
}

using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class AdviceTests
{
    private static readonly Device Card = new() { Id = new("GPU-6c1d"), Vendor = new("nvidia"), PciAddress = "0000:18:00.0", Index = 3 };

    [Fact]
    public void A_reset_names_the_card_and_drains_its_node_first()
        => Assert.Equal(
            [
                "scontrol update nodename=gpu-17 state=drain reason=\"forewarn: GPU-6c1d\"",
                "forewarn release",
                "nvidia-smi --gpu-reset -i 0000:18:00.0",
                "forewarn resume",
            ],
            Commands(Card, new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice)));

    [Fact]
    public void A_replacement_begins_with_what_the_maker_asks_for()
        => Assert.Equal(
            ["nvidia-bug-report.sh", "dcgmi diag -r 3 -i 3", "forewarn report GPU-6c1d"], Commands(Card, new(WorkAction.None, RepairAction.ReplaceHardware)));

    [Fact]
    public void Another_makers_card_gets_no_command_of_nvidia()
    {
        var other = Card with { Vendor = new("metax") };
        Assert.Equal(["forewarn release", "", "forewarn resume"], Commands(other, new(WorkAction.None, RepairAction.ResetDevice)));
    }

    [Fact]
    public void A_command_that_would_hit_another_card_is_left_out()
    {
        var lost = Card with { Index = -1 };
        Assert.Equal(["nvidia-bug-report.sh"], Commands(lost, new(WorkAction.None, RepairAction.InspectHardware)));
        var nowhere = Card with { PciAddress = "" };
        Assert.DoesNotContain(Commands(nowhere, new(WorkAction.None, RepairAction.ResetDevice)), command => command.StartsWith("nvidia-smi", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_action_but_none_has_words_for_every_maker()
    {
        foreach (var vendor in new[] { "nvidia", "huawei", "" })
        {
            var device = Card with { Vendor = new(vendor) };
            foreach (var work in Enum.GetValues<WorkAction>().Except([WorkAction.None])) Assert.NotEmpty(Advice.For(device, "n", new(work, RepairAction.None)));
            foreach (var repair in Enum.GetValues<RepairAction>().Except([RepairAction.None])) Assert.NotEmpty(Advice.For(device, "n", new(WorkAction.None, repair)));
        }

        Assert.Empty(Advice.For(Card, "n", RecommendedActions.None));
        Assert.All(AdviceCatalog.All, row => Assert.NotEmpty(row.Sentence));
    }

    [Fact]
    public void Where_both_are_asked_for_the_evidence_is_kept_before_the_reset_and_nothing_is_told_twice()
        => Assert.Equal(
            ["nvidia-bug-report.sh", "forewarn release", "nvidia-smi --gpu-reset -i 0000:18:00.0", "forewarn resume", "dcgmi diag -r 3 -i 3"],
            Advice.For(Card, "n", WorkAction.None, [RepairAction.InspectHardware, RepairAction.ResetDevice]).Select(advice => advice.Command));

    [Fact]
    public void The_node_itself_is_drained_as_well_and_has_no_papers()
    {
        var self = new Device { Id = DeviceId.Node, Vendor = new(""), PciAddress = "" };
        Assert.Equal(["scontrol update nodename=gpu-17 state=drain reason=\"forewarn: node\"", "systemctl reboot"], Commands(self, new(WorkAction.DrainWhenIdle, RepairAction.RebootNode)));
        Assert.Empty(Commands(self, new(WorkAction.None, RepairAction.ReplaceHardware)));
    }

    private static IEnumerable<string> Commands(Device device, RecommendedActions actions) => Advice.For(device, "gpu-17", actions).Select(advice => advice.Command);
}

using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkErrorTests
{
    private readonly TestNode _node = new(3, [.. RuleList.All]);

    [Fact]
    public void Each_link_is_a_finding_of_its_own()
    {
        Fatal(14, 0x100).Ask();
        Fatal(15, 0x200000).Ask();
        Assert.Equal([(14L, RepairAction.InspectHardware), (15L, RepairAction.InspectFabric)], _node.Findings(0).OrderBy(finding => finding.Key).Select(finding => (finding.Key, finding.Actions.Repair)));
        Assert.Contains("link 14", _node.Findings(0).Single(finding => finding.Key == 14).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Parity_errors_count_from_the_third_on_one_link()
    {
        Fatal(3, 0x10).Pass(60);
        Fatal(4, 0x10).Pass(60);
        Fatal(3, 0x10).Pass(60);
        Assert.All(_node.Findings(0), finding => Assert.Equal(Severity.Watch, finding.Severity));
        Fatal(3, 0x10).Ask();
        Assert.Equal(Severity.Failing, _node.Findings(0).Single(finding => finding.Key == 3).Severity);
        Assert.Equal(Severity.Watch, _node.Findings(0).Single(finding => finding.Key == 4).Severity);
    }

    [Fact]
    public void What_may_be_ignored_is_a_line_and_no_more()
    {
        Fatal(3, 0x1).Ask();
        Assert.Equal(HealthState.Healthy, _node.State(0));
        Assert.Equal(Severity.Info, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void A_milder_line_of_the_same_link_takes_nothing_back()
    {
        Fatal(3, 0x100).Pass(60);
        Fatal(3, 0x1).Pass(60);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((Severity.Degraded, RepairAction.InspectHardware), (finding.Severity, finding.Actions.Repair));
    }

    [Fact]
    public void What_was_injected_says_so_and_no_more()
    {
        Unit(145, "RLW_REMAP", 2, 0x82, 0x40, isInjected: true).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((Severity.Info, RecommendedActions.None, Latch.None), (finding.Severity, finding.Actions, finding.Latch));
        Assert.Contains("injected on purpose, link 2", finding.Summary, StringComparison.Ordinal);
        Assert.Equal("an hour of watching without another one", finding.ClearedBy);
        Assert.Equal(HealthState.Healthy, _node.State(0));
    }

    [Fact]
    public void What_was_injected_hides_no_error_of_the_same_link()
    {
        Unit(145, "RLW_REMAP", 2, 0x82, 0x40).Pass(5);
        Unit(145, "RLW_REMAP", 2, 0x82, 0x40, isInjected: true).Pass(5);
        Unit(145, "RLW_CTRL", 2, 0x62, 0x80000000, isInjected: true).Pass(5);
        Assert.Equal(Severity.Failed, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void A_line_without_registers_is_looked_at()
        => Assert.Equal(RepairAction.InspectFabric, Assert.Single(_node.Happen(0, HealthEventKind.DriverError, 74, "failed to train").Ask().Findings(0)).Actions.Repair);

    [Fact]
    public void What_the_library_told_first_goes_on_under_the_link_that_the_kernels_log_names()
    {
        var began = _node.Now;
        _node.Tell(0, HealthEventKind.DriverError, 74, "Xid 74", null, "", 1, began).Ask();
        Assert.Equal(-1, Assert.Single(_node.Findings(0)).Key);
        _node.Pass(1).Tell(0, HealthEventKind.DriverError, 74, "line", Registers(14, 0x100), "NVRM: the line", 1, began).Ask();

        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((14L, RepairAction.InspectHardware, "NVRM: the line"), (finding.Key, finding.Actions.Repair, finding.Evidence[0].Line));
        Assert.Equal((2, 1), (_node.Told(HealthEventKind.FindingRaised), _node.Told(HealthEventKind.FindingCleared)));
    }

    [Fact]
    public void A_newer_link_that_went_down_says_why()
    {
        Unit(149, "NETIR_LINK_EVT", 8, 0x004505C6, 0).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((149_008L, Severity.Degraded, RepairAction.ResetDevice), (finding.Key, finding.Severity, finding.Actions.Repair));
        Assert.Contains("link 8, down for reason 0x04", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_units_on_one_link_the_gravest_speaks()
    {
        Unit(145, "RLW_REMAP", 2, 0x82, 0x40).Pass(5);
        Unit(145, "RLW_CTRL", 2, 0x62, 0x80000000).Pass(5);
        Assert.Equal(Severity.Failed, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void Where_the_advice_decides_the_program_is_restarted_without_it()
    {
        Unit(145, "RLW_REMAP", 2, 0x4, 0x1).Ask();
        Assert.Equal((Severity.Watch, WorkAction.RestartApplication), (_node.Findings(0)[0].Severity, _node.Findings(0)[0].Actions.Work));
        _node.Happen(0, HealthEventKind.DriverError, 154, "", new() { AdviceBefore = 0, Advice = 1 }).Ask();
        Assert.Equal(Severity.Failed, _node.Findings(0).Single(finding => finding.Rule == "link-unit-error").Severity);
    }

    [Fact]
    public void A_fault_at_another_device_is_the_programs_unless_a_link_failed()
    {
        _node.Happen(1, HealthEventKind.DriverError, 137).Ask();
        Assert.Equal(("remote-access-fault", Severity.Info), (Assert.Single(_node.Findings(1)).Rule, _node.Findings(1)[0].Severity));
        Fatal(3, 0x100).Happen(2, HealthEventKind.DriverError, 137).Ask();
        Assert.Empty(_node.Findings(2));
    }

    private TestNode Fatal(int link, uint first)
        => _node.Happen(0, HealthEventKind.DriverError, 74, "fatal error detected", Registers(link, first));

    private static EventDetail Registers(int link, uint first) => new() { Link = link, Registers = [first, 0, 0, 0, 0, 0, 0] };

    private TestNode Unit(int code, string unit, int link, uint info, uint status, bool isInjected = false) => _node.Happen(
        0, HealthEventKind.DriverError, code, unit,
        new() { Link = link, Unit = unit, Injected = isInjected, Registers = ImmutableArray.Create(info, status, 0u, 0u, 0u, 0u, 0u) });
}

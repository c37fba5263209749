using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class SwitchErrorTests
{
    private readonly TestNode _node = new(2, new SwitchError());

    [Fact]
    public void A_port_that_failed_is_told_of_its_switch_and_link()
    {
        Error(20034, 2, PrintedSeverity.Fatal).Ask();
        Error(20001, 5, PrintedSeverity.NonFatal).Ask();
        Assert.Equal([20_001_005L, 20_034_002], _node.Findings(0).Select(finding => finding.Key).Order());
        var fatal = _node.Findings(0).Single(finding => finding.Key == 20_034_002);
        Assert.Equal((Severity.Failed, RepairAction.ResetDevice), (fatal.Severity, fatal.Actions.Repair));
        Assert.Contains("SXid 20034 (DLPL LTSSM_FAULT_UP): link 2, fatal", fatal.Summary, StringComparison.Ordinal);
        Assert.Empty(_node.Findings(1));
    }

    [Fact]
    public void Non_fatal_ones_are_watched_for_an_hour()
    {
        Error(20001, 5, PrintedSeverity.NonFatal).Ask();
        Assert.Equal(HealthState.Watch, _node.State(0));
        _node.Watch(TimeSpan.FromMinutes(61)).Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void Fatal_ones_stand_until_a_reset_and_those_of_the_whole_fabric_until_a_reboot()
    {
        Error(20034, 2, PrintedSeverity.Fatal).Ask();
        Error(12020, -1, PrintedSeverity.None).Ask();
        _node.Leap(TimeSpan.FromDays(3));
        Assert.Equal(2, _node.Findings(0).Count);
        _node.Read(1, SignalId.Energy, 5).Node.DriverLoaded = _node.Now;
        _node.Pass(70);
        Assert.Equal(12_020_999, Assert.Single(_node.Findings(0)).Key);
    }

    [Fact]
    public void Heat_that_ended_is_over_once_the_switch_was_looked_at()
    {
        Error(28001, -1, PrintedSeverity.None).Ask();
        Assert.Equal(HealthState.Watch, _node.State(0));
        Error(28002, -1, PrintedSeverity.None).Pass(70);
        Assert.Equal(HealthState.Healthy, _node.State(0));
    }

    [Fact]
    public void The_site_may_change_a_row()
    {
        _node.Node.Overrides = new([], [KeyValuePair.Create(20034, new CatalogOverride { Severity = Severity.Watch }), KeyValuePair.Create(12020, new CatalogOverride { Ignore = true })]);
        Error(20034, 2, PrintedSeverity.Fatal).Ask();
        Error(12020, 2, PrintedSeverity.Fatal).Ask();
        Assert.Equal(Severity.Watch, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void It_survives_a_restart()
    {
        Error(20034, 2, PrintedSeverity.Fatal).Ask();
        var again = new TestNode(1, new SwitchError());
        again.Judge.Recall(again.Card(0), _node.Findings(0), again.Now);
        again.Pass(120);
        Assert.Single(again.Findings(0));
    }

    private TestNode Error(int code, int link, PrintedSeverity printed)
        => _node.Happen(0, HealthEventKind.SwitchError, code, "as logged", new() { Link = link, Printed = printed });
}

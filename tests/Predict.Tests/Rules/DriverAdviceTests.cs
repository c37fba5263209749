using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class DriverAdviceTests
{
    private readonly TestNode _node = new(2, [.. RuleList.All]);

    [Theory]
    [InlineData(48, 4, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(48, 1, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(94, 2, Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode)]
    [InlineData(79, 1, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    public void It_takes_the_place_of_the_table(int code, int advice, Severity severity, WorkAction work, RepairAction repair)
    {
        _node.Happen(0, HealthEventKind.DriverError, code).Pass(1);
        Advise(0, advice).Pass(12);
        var finding = Assert.Single(_node.Findings(0), finding => finding.Rule != "recovery-advised");
        Assert.Equal((severity, new RecommendedActions(work, repair)), (finding.Severity, finding.Actions));
        Assert.Contains(finding.Evidence, evidence => evidence.What.StartsWith("the driver's advice", StringComparison.Ordinal));
        Assert.Equal(severity, Assert.Single(_node.Findings(0), finding => finding.Rule == "recovery-advised").Severity);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(79)]
    [InlineData(119)]
    public void When_it_is_taken_back_what_it_was_about_is_over(int code)
    {
        _node.Happen(0, HealthEventKind.DriverError, code).Pass(1);
        Advise(0, 1).Leap(TimeSpan.FromHours(1));
        Assert.Equal(2, _node.Findings(0).Count);
        Advise(1, 0).Pass(62);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void An_error_after_that_counts_again()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48).Pass(1);
        Advise(0, 1).Leap(TimeSpan.FromHours(1));
        Advise(1, 0).Pass(62);
        _node.Happen(0, HealthEventKind.DriverError, 95).Ask();
        Assert.Equal(HealthState.Failed, _node.State(0));
    }

    [Fact]
    public void It_outranks_what_a_graver_error_was_taken_for_a_moment_ago()
    {
        _node.Happen(0, HealthEventKind.DriverError, 95).Pass(1);
        var alone = Assert.Single(_node.Findings(0)).Severity;
        _node.Happen(0, HealthEventKind.DriverError, 95); // told in the same turn as what the driver says of it
        Advise(0, 4).Pass(1);
        var advised = Assert.Single(_node.Findings(0), finding => finding.Rule != "recovery-advised").Severity;
        Assert.True(advised < alone, $"{advised} after {alone}");
    }

    [Fact]
    public void It_is_not_about_an_error_of_long_ago_nor_about_one_that_it_never_follows()
    {
        _node.Happen(0, HealthEventKind.DriverError, 63).Happen(0, HealthEventKind.DriverError, 13).Ask();
        _node.Leap(TimeSpan.FromMinutes(5));
        Advise(0, 2).Ask();
        Assert.Equal(Severity.Watch, Assert.Single(_node.Findings(0), finding => finding.Rule == "memory-retired").Severity);
        Assert.Equal(Severity.Info, Assert.Single(_node.Findings(0), finding => finding.Rule == "application-error").Severity);
        Assert.Empty(_node.Findings(1));
    }

    [Fact]
    public void It_is_believed_when_it_was_read_and_no_log_told_it()
    {
        _node.Read(0, SignalId.RecoveryAction, 4).Ask();
        Assert.Equal(("recovery-advised", Severity.Degraded), (Assert.Single(_node.Findings(0)).Rule, _node.Findings(0)[0].Severity));
        _node.Read(1, SignalId.RecoveryAction, 0).Ask();
        Assert.Empty(_node.Findings(1));
    }

    [Fact]
    public void A_reading_of_nothing_minutes_later_takes_it_back_as_well()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48);
        Advise(0, 1).Pass(30).Read(0, SignalId.RecoveryAction, 0).Pass(65);
        Assert.Equal(2, _node.Findings(0).Count); // the reading may have been under way
        _node.Pass(60).Read(0, SignalId.RecoveryAction, 0).Pass(62);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void An_error_after_a_reading_of_nothing_stands_however_often_nothing_is_read()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48);
        Advise(0, 1).Pass(200).Read(0, SignalId.RecoveryAction, 0).Pass(62);
        Assert.Empty(_node.Findings(0)); // the word of its end was lost
        _node.Happen(0, HealthEventKind.DriverError, 92).Ask();
        Live(300);
        Assert.Equal("corrected-error-storm", Assert.Single(_node.Findings(0)).Rule);
        _node.Restart();
        Live(300);
        Assert.Equal("corrected-error-storm", Assert.Single(_node.Findings(0)).Rule);
        Assert.Single(_node.Transitions, change => change.Kind == HealthEventKind.FindingRaised && change.Finding!.Rule == "corrected-error-storm");

        void Live(double seconds)
        {
            for (; seconds > 0; seconds -= 60) _node.Read(0, SignalId.RecoveryAction, 0).Pass(60);
        }
    }

    [Fact]
    public void It_stands_until_it_is_seen_to_go_however_late_that_is()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79);
        Advise(0, 1).Read(0, SignalId.RecoveryAction, 1).Pass(3600).Happen(0, HealthEventKind.DriverError, 48).Pass(60);
        Assert.Contains(_node.Findings(0), finding => finding.Rule == "off-the-bus");
        _node.Read(0, SignalId.RecoveryAction, 0).Pass(62);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void One_that_is_read_after_the_end_of_another_is_believed()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48);
        Advise(0, 1).Leap(TimeSpan.FromHours(1));
        Advise(1, 0).Pass(62).Read(0, SignalId.RecoveryAction, 1).Pass(5);
        Assert.Empty(_node.Findings(0)); // the reading may have been under way
        _node.Pass(60).Read(0, SignalId.RecoveryAction, 1).Pass(1);
        Assert.Equal(("recovery-advised", Severity.Failed), (Assert.Single(_node.Findings(0)).Rule, _node.Findings(0)[0].Severity));
    }

    [Fact]
    public void An_advice_of_a_driver_to_come_is_shown_and_no_more()
    {
        Advise(0, 9).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(Severity.Watch, finding.Severity);
        Assert.Contains("9", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_advice_that_nobody_here_understands_takes_no_errors_place()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79).Pass(1);
        Advise(0, 9).Pass(12);
        var finding = Assert.Single(_node.Findings(0), finding => finding.Rule == "off-the-bus");
        Assert.Equal((Severity.Failed, RepairAction.RebootNode), (finding.Severity, finding.Actions.Repair));
    }

    [Fact]
    public void The_site_outranks_the_driver()
    {
        _node.Node.Overrides = new([KeyValuePair.Create(48, new CatalogOverride { Repair = RepairAction.ReplaceHardware })], []);
        _node.Happen(0, HealthEventKind.DriverError, 48);
        Advise(0, 1).Ask();
        Assert.Contains(_node.Findings(0), finding => finding is { Rule: "uncorrectable-memory-error", Actions.Repair: RepairAction.ReplaceHardware, Latch: Latch.Repair });
    }

    private TestNode Advise(int before, int now)
        => _node.Happen(0, HealthEventKind.DriverError, 154, $"GPU recovery action changed from 0x{before:x} (x) to 0x{now:x} (y)", new() { AdviceBefore = before, Advice = now });
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class MemoryErrorTests
{
    private readonly TestNode _node = new(2, [.. RuleList.All]);

    [Fact]
    public void A_usual_sequence_is_one_finding_and_the_first_of_it_is_the_cause()
    {
        Xid(48, "DBE").Pass(0.5);
        Xid(171, "DRAM").Pass(0.3);
        Xid(63, "row").Pass(0.3);
        Xid(94, "Contained", new() { NeedsReset = false, NeedsDrain = true });
        Xid(45, "Ch 1").Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("uncorrectable-memory-error", Severity.Degraded), (finding.Rule, finding.Severity));
        Assert.Equal(new RecommendedActions(WorkAction.DrainWhenIdle, RepairAction.ResetDevice), finding.Actions);
    }

    [Fact]
    public void Alone_it_asks_for_a_reset()
        => Assert.Equal(new RecommendedActions(WorkAction.CheckpointAndMove, RepairAction.ResetDevice), Assert.Single(Xid(48).Ask().Findings(0)).Actions);

    [Fact]
    public void A_row_that_comes_hours_later_is_told_of_itself()
    {
        Xid(48).Ask();
        _node.Leap(TimeSpan.FromHours(3));
        Xid(63).Ask();
        Assert.Equal(["memory-retired", "uncorrectable-memory-error"], _node.Findings(0).Select(finding => finding.Rule).Order());
    }

    [Fact]
    public void What_is_graver_than_its_cause_is_never_hidden_by_it()
    {
        Xid(48).Happen(0, HealthEventKind.DriverError, 95).Ask();
        Assert.Equal(HealthState.Failed, _node.State(0));
        Xid(64).Ask();
        Assert.Contains(_node.Findings(0), finding => finding.Rule == "memory-retirement-failed");
    }

    [Theory]
    [InlineData(94, true, false, Severity.Failed, WorkAction.StopNow)]
    [InlineData(94, false, true, Severity.Degraded, WorkAction.DrainWhenIdle)]
    [InlineData(94, false, false, Severity.Watch, WorkAction.RestartApplication)]
    [InlineData(95, true, false, Severity.Failed, WorkAction.StopNow)]
    [InlineData(95, false, true, Severity.Failing, WorkAction.CheckpointAndMove)]
    [InlineData(95, false, false, Severity.Failed, WorkAction.StopNow)]
    public void The_line_itself_says_how_soon(int code, bool reset, bool drain, Severity severity, WorkAction work)
    {
        var finding = Assert.Single(Xid(code, "", new() { NeedsReset = reset, NeedsDrain = drain }).Ask().Findings(0));
        Assert.Equal((severity, work), (finding.Severity, finding.Actions.Work));
    }

    [Fact]
    public void Contained_and_done_with_goes_after_an_hour()
    {
        Xid(94, "", new() { NeedsReset = false, NeedsDrain = false }).Ask();
        Assert.Equal((Latch.None, "an hour of watching without another one"), (Assert.Single(_node.Findings(0)).Latch, _node.Findings(0)[0].ClearedBy));
        _node.Watch(TimeSpan.FromMinutes(61)).Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(94, Severity.Failed)]
    [InlineData(95, Severity.Failed)]
    public void A_milder_line_takes_nothing_back_of_a_graver_one_that_still_needs_a_reset(int code, Severity severity)
    {
        Xid(code, "", new() { NeedsReset = true, NeedsDrain = false }).Pass(60);
        Xid(code, "", new() { NeedsReset = false, NeedsDrain = code == 95 }).Pass(60);
        AssertGrave();
        _node.Restart().Pass(120);
        AssertGrave();
        _node.Watch(TimeSpan.FromHours(2)).Pass(120);
        AssertGrave();
        _node.Read(0, SignalId.EccUncorrected, 0).Reset(0).Read(0, SignalId.EccUncorrected, 0).Pass(70);
        Assert.Empty(_node.Findings(0));

        void AssertGrave()
        {
            var finding = Assert.Single(_node.Findings(0));
            Assert.Equal((severity, WorkAction.StopNow, Latch.Reset), (finding.Severity, finding.Actions.Work, finding.Latch));
            Assert.StartsWith("a reset of the device", finding.ClearedBy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_a_graver_line_that_comes_again_the_row_of_the_same_moment_is_still_heard()
    {
        Xid(48).Pass(60);
        Xid(48).Pass(1);
        Assert.Equal(Severity.Failing, Assert.Single(_node.Findings(0)).Severity);
        Xid(63).Pass(1);
        Assert.Equal(Severity.Degraded, Assert.Single(_node.Findings(0)).Severity);
    }

    private TestNode Xid(int code, string text = "", EventDetail? detail = null) => _node.Happen(0, HealthEventKind.DriverError, code, text, detail);
}

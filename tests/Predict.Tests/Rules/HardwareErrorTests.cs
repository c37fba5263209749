using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class HardwareErrorTests
{
    private readonly TestNode _node = new(2, new HardwareError(), new DriverTrouble(RuleScope.Device));

    [Fact]
    public void An_uncorrectable_error_is_failing_and_names_its_block()
    {
        _node.Happen(0, HealthEventKind.DeviceHardwareError, 1, "socket: 0, die: 0 1 new uncorrectable hardware errors detected in umc block", new() { Unit = "umc" }).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((Severity.Failing, Latch.Reset, 1L), (finding.Severity, finding.Latch, finding.Key));
        Assert.Contains("block umc", finding.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 999, false)]
    [InlineData(0, 1000, true)]
    [InlineData(2, 1, true)]
    public void Others_are_watched_by_their_number_and_end_with_their_window(int code, int count, bool isFound)
    {
        _node.Happen(0, HealthEventKind.DeviceHardwareError, code, "new errors", count: count).Ask();
        Assert.Equal(isFound ? [Severity.Watch] : [], _node.Findings(0).Select(finding => finding.Severity));
        _node.Watch(TimeSpan.FromHours(27)).Pass(700);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void A_reset_by_the_driver_that_went_well_ends_what_it_was_for()
    {
        Say("job", PrintedSeverity.None).Pass(5);
        Say("reset", PrintedSeverity.None).Ask();
        Assert.Equal(Severity.Degraded, Assert.Single(_node.Findings(0)).Severity);
        _node.Pass(5);
        Say("reset", PrintedSeverity.Corrected).Pass(120);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void One_that_failed_stands()
    {
        Say("reset", PrintedSeverity.Fatal).Pass(5);
        Say("reset", PrintedSeverity.Corrected).Pass(120);
        Assert.Equal(Severity.Degraded, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void A_page_fault_is_the_programs()
    {
        Say("page fault", PrintedSeverity.None).Ask();
        Assert.Equal((3L, Severity.Info), Assert.Single(_node.Findings(0).Select(finding => (finding.Key, finding.Severity))));
        Assert.Equal(HealthState.Healthy, _node.State(0));
        _node.Watch(TimeSpan.FromHours(25)).Pass(120);
        Assert.Empty(_node.Findings(0));
    }

    private TestNode Say(string unit, PrintedSeverity printed)
        => _node.Happen(0, HealthEventKind.DriverTrouble, 0, unit, new() { Unit = unit, Printed = printed });
}

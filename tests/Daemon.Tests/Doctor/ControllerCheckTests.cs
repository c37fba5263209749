using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Doctor.Checks;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class ControllerCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero);

    private static readonly ControllerReport Well = new()
    {
        Target = "https://controller:9798",
        ReportsTaken = 5,
        ReportsFailed = 0,
        EventsWaiting = 0,
        CheckpointRequests = 0,
        LastSuccess = Now.AddSeconds(-5),
    };

    [Fact]
    public void A_controller_that_hears_us_is_well() =>
        Assert.StartsWith("Ok: https://controller:9798 took a report 5", Texts(ControllerCheck.Judge(Well, true, Now)), StringComparison.Ordinal);

    [Fact]
    public void One_that_does_not_is_a_problem() => Assert.StartsWith(
        "Problem: https://controller:9798 has heard nothing of this node for 2 d",
        Texts(ControllerCheck.Judge(Well with { Trouble = "HTTP 401", TroubleSince = Now.AddDays(-2), EventsWaiting = 7 }, true, Now)), StringComparison.Ordinal);

    [Fact]
    public void One_that_the_agent_does_not_know_of_needs_a_restart()
    {
        Assert.Contains("systemctl restart forewarn", Texts(ControllerCheck.Judge(null, true, Now)), StringComparison.Ordinal);
        Assert.Empty(ControllerCheck.Judge(null, false, Now));
        Assert.StartsWith("Note: ", Texts(ControllerCheck.Judge(Well with { LastSuccess = null }, true, Now)), StringComparison.Ordinal);
    }
}

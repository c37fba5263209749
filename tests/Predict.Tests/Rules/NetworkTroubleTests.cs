using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class NetworkTroubleTests
{
    private const long Missing = 1;

    private readonly TestNode _node = new(2, new NetworkTrouble());

    [Fact]
    public void A_link_that_comes_up_is_no_trouble() => Assert.Empty(Up(0, "p0").Pass(60).NodeFindings());

    [Theory]
    [InlineData(PortState.LinkDown, PortState.LinkUp)]
    [InlineData(PortState.Unplugged, PortState.Plugged)]
    public void What_went_stands_until_the_same_port_of_the_same_adapter_has_it_again(string gone, string there)
    {
        Say(0, there, "p0").Pass(60);
        Say(1, there, "p0").Pass(60);
        Say(0, gone, "p0").Watch(TimeSpan.FromDays(7));
        Assert.Equal((Missing, Severity.Watch), Assert.Single(_node.NodeFindings().Select(finding => (finding.Key, finding.Severity))));
        Say(0, there, "p1").Pass(600);
        Say(1, there, "p0").Pass(600);
        Assert.Single(_node.NodeFindings());
        Say(0, there, "p0").Pass(299);
        Assert.Single(_node.NodeFindings());
        Assert.Empty(_node.Pass(5).NodeFindings());
    }

    [Fact]
    public void Each_port_is_missed_by_itself()
    {
        Up(0, "p0").Pass(60);
        Up(0, "p1").Pass(60);
        Say(0, PortState.LinkDown, "p0").Pass(1);
        Say(0, PortState.LinkDown, "p1").Pass(60);
        Assert.Equal(2, Assert.Single(_node.NodeFindings()).Evidence[0].Value);
        Up(0, "p0").Pass(60);
        Assert.Equal(1, Assert.Single(_node.NodeFindings()).Evidence[0].Value);
    }

    [Fact]
    public void A_port_that_nothing_is_plugged_into_is_told_for_an_hour_as_the_driver_says_so_at_each_boot()
    {
        Say(0, PortState.LinkDown, "p1").Pass(60);
        Assert.Equal(0, Assert.Single(_node.NodeFindings()).Key);
        Assert.Empty(_node.Watch(TimeSpan.FromMinutes(75)).NodeFindings());
    }

    [Fact]
    public void It_is_still_missed_after_a_restart_of_the_agent_and_not_after_a_boot()
    {
        Up(0, "p0").Pass(60);
        Say(0, PortState.LinkDown, "p0").Pass(60).Restart().Skip(86_400).Pass(600);
        Assert.Equal(Missing, Assert.Single(_node.NodeFindings()).Key);
        Assert.Empty(_node.Restart("b0070000-0000-4000-8000-000000000002").Pass(600).NodeFindings());
    }

    private TestNode Up(int adapter, string port) => Say(adapter, PortState.LinkUp, port);

    private TestNode Say(int adapter, string state, string port) => _node.Happen(
        adapter, HealthEventKind.NetworkTrouble, 0, state,
        new() { Unit = PortState.Of(state, port), Place = port, Printed = state is PortState.LinkUp or PortState.Plugged ? PrintedSeverity.Corrected : PrintedSeverity.NonFatal });
}

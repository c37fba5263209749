using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What was logged is taken back by watching that it does not come again; that it is old proves nothing.</summary>
public class MomentaryTests
{
    public static TheoryData<string> Rules => new(Proof.All.Where(proof => !proof.Value.IsLevel).Select(proof => proof.Key));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Age_alone_clears_nothing(string rule)
    {
        var node = new TestNode(2, Proof.All[rule].Rule);
        node.Read(0, SignalId.Power, 100).Pass(60);
        Proof.All[rule].Ill(node);
        Assert.NotEmpty(Stands(node.Pass(60), rule));
        for (var i = 0; i < 3; i++) node.Leap(TimeSpan.FromDays(30)).Pass(30);
        Assert.NotEmpty(Stands(node.Restart().Skip(86_400 * 30).Pass(30), rule));
    }

    [Fact]
    public void Time_in_which_the_log_could_not_be_read_is_not_watched_where_the_log_told_of_it()
    {
        var node = new TestNode(1, new ApplicationError());
        Tell(node, HealthEvent.KernelLog).Pass(60);
        node.Node.IsLogRead = false;
        Assert.Single(node.Watch(TimeSpan.FromHours(5)).Findings());
        node.Node.IsLogRead = true;
        Assert.Empty(node.Watch(TimeSpan.FromMinutes(12)).Findings());
    }

    [Fact]
    public void What_the_library_alone_told_needs_no_log()
    {
        var node = new TestNode(1, new ApplicationError());
        Tell(node, "nvml").Pass(60);
        node.Node.IsLogRead = false;
        Assert.Empty(node.Watch(TimeSpan.FromMinutes(12)).Findings());
    }

    [Fact]
    public void A_log_that_is_read_up_to_now_was_watching_while_the_agent_was_not()
    {
        var node = new TestNode(1, new ApplicationError());
        node.Ask().Skip(3600);
        Tell(node, HealthEvent.KernelLog, TimeSpan.FromMinutes(20));
        Assert.Empty(node.Pass(5).Findings());
    }

    [Fact]
    public void A_thermal_event_of_a_switch_stands_until_its_end_is_told()
    {
        var node = new TestNode(1, new SwitchError());
        node.Happen(0, HealthEventKind.SwitchError, 28001).Watch(TimeSpan.FromDays(2));
        Assert.Contains("28002", Assert.Single(node.Findings()).ClearedBy, StringComparison.Ordinal);
        Assert.DoesNotContain(node.Happen(0, HealthEventKind.SwitchError, 28002).Pass(120).Findings(), finding => finding.Key / 1000 == 28001);
    }

    private static TestNode Tell(TestNode node, string source, TimeSpan ago = default)
    {
        var card = node.Card(0);
        card.Take(
            new HealthEvent
            {
                Kind = HealthEventKind.DriverError,
                Device = card.Device,
                Code = 31,
                Text = "as logged",
                BootId = node.Node.BootId,
                FirstSeen = node.Now - ago,
                LastSeen = node.Now - ago,
                Source = source,
            },
            node.Now);
        return node;
    }

    private static List<Finding> Stands(TestNode node, string rule) => [.. node.Findings(0).Concat(node.NodeFindings()).Where(finding => finding.Rule == rule)];
}

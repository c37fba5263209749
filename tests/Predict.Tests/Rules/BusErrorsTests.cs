using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class BusErrorsTests
{
    private static IHealthRule[] Rules => [new BusErrors(RuleScope.Device), new BusErrors(RuleScope.Node)];

    private readonly TestNode _node = new(4, Rules);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public void Corrected_errors_are_watched_from_ten_an_hour_on(int errors, int findings)
    {
        Happen(0, code: 0, errors);
        Assert.Equal(findings, _node.Findings(0).Count);
        Assert.All(_node.Findings(0), finding => Assert.Equal((0L, Severity.Watch), (finding.Key, finding.Severity)));
    }

    [Fact]
    public void Corrected_errors_of_all_cards_alike_are_no_cards()
    {
        for (var card = 0; card < 4; card++) _node.Happen(card, HealthEventKind.BusError, 0, "PCIe error", count: 20);
        _node.Pass(60);
        Assert.All([0, 1, 2, 3], card => Assert.Empty(_node.Findings(card)));
    }

    [Fact]
    public void Corrected_errors_pass_with_the_hour()
    {
        Happen(0, code: 0, 50);
        _node.Pass(TimeSpan.FromMinutes(75));
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(1, Severity.Watch)]
    [InlineData(4, Severity.Watch)]
    [InlineData(5, Severity.Degraded)]
    public void Non_fatal_errors_are_watched_and_degrade_from_five_a_day_on(int errors, Severity severity)
    {
        Happen(0, code: 1, errors);
        Assert.Equal((1L, severity), Assert.Single(_node.Findings(0).Select(finding => (finding.Key, finding.Severity))));
    }

    [Fact]
    public void A_fatal_one_degrades_until_a_reset()
    {
        _node.Read(0, SignalId.Energy, 1);
        Happen(0, code: 2, 1);
        _node.Pass(3600);
        Assert.Equal((2L, Severity.Degraded), Assert.Single(_node.Findings(0).Select(finding => (finding.Key, finding.Severity))));
        Assert.Single(_node.Restarted(4, Rules).Pass(3600).Findings(0));
        _node.Read(0, SignalId.Energy, 5).Reset(0).Read(0, SignalId.Energy, 1).Pass(602);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void Those_of_no_card_are_the_nodes()
    {
        _node.HappenToNode(HealthEventKind.BusError, code: 1, unit: "port 0000:00:01.0").Ask();
        Assert.Equal("node-bus-errors", Assert.Single(_node.NodeFindings()).Rule);
        Assert.Empty(_node.Findings(0));
    }

    private void Happen(int card, int code, int count) => _node.Happen(card, HealthEventKind.BusError, code, "PCIe error", count: count).Ask();
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkDownTests() : RuleContract(new LinkDown(), Severity.Degraded, cards: 4)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.LinkUp, 1, 1, 0, 11);
        Put(condition, SignalId.LinkBytesSent, 1e9, 1e9, 1e9, 11);
    }

    [Fact]
    public void A_link_that_never_was_up_is_down_on_purpose()
    {
        Node.Read(0, SignalId.LinkUp, 0).Read(0, SignalId.LinkBytesSent, 0).Pass(600);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void A_link_that_all_others_have_up_is_missed()
    {
        for (var card = 0; card < 4; card++) Node.Read(card, SignalId.LinkUp, card == 0 ? 0 : 1, 3);
        Node.Pass(120);
        Assert.Equal(3, Assert.Single(Node.Findings()).Key);
    }

    [Fact]
    public void A_link_that_only_some_others_have_is_not()
    {
        for (var card = 0; card < 4; card++) Node.Read(card, SignalId.LinkUp, card < 2 ? 0 : 1, 3);
        Node.Pass(120);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void A_link_that_all_lose_at_once_is_down_on_each_though_it_answers_nothing_any_more()
    {
        for (var card = 0; card < 4; card++) Node.Read(card, Reading.Of(SignalId.LinkUp, 1, 3), Reading.Of(SignalId.LinkBytesReceived, 1e9, 3));
        Node.Pass(60);
        Fall();
        Assert.All([0, 1, 2, 3], card => Assert.Equal(3, Assert.Single(Node.Findings(card)).Key));
        Node.Restart();
        Fall();
        Assert.All([0, 1, 2, 3], card => Assert.Contains("was up before", Assert.Single(Node.Findings(card)).Summary, StringComparison.Ordinal));

        void Fall()
        {
            for (var card = 0; card < 4; card++)
                Node.Read(card, Reading.Of(SignalId.LinkUp, 0, 3), Reading.None(SignalId.LinkBytesReceived, NoDataReason.NotSupported, 3));
            Node.Pass(180);
        }
    }

    [Fact]
    public void A_card_in_parts_has_its_links_down()
    {
        Node.Read(0, SignalId.MigEnabled, 1).Read(0, SignalId.LinkUp, 0).Read(0, SignalId.LinkBytesSent, 1e9).Pass(600);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void One_poll_is_none()
    {
        Node.Read(0, SignalId.LinkUp, 0).Read(0, SignalId.LinkBytesSent, 1e9).Pass(60).Read(0, SignalId.LinkUp, 1).Pass(600);
        Assert.Empty(Node.Findings());
    }
}

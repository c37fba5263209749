using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What happens to the node and not to one of its cards.</summary>
internal static class NodeEvents
{
    public static TestNode HappenToNode(this TestNode node, HealthEventKind kind, long code = 0, long count = 1, string unit = "")
    {
        node.Node.Self.Take(Of(node, kind, code, count, unit), node.Now);
        return node;
    }

    public static TestNode Read(this TestNode node, HostReadings host)
    {
        node.Node.Host = host with { Read = node.Now };
        return node;
    }

    /// <summary>What stands of the node itself.</summary>
    public static IReadOnlyList<Finding> NodeFindings(this TestNode node) => node.Judge.AssessmentOf(DeviceId.Node)?.Findings ?? [];

    /// <summary>A new process that has the findings of the old one, and the same boot.</summary>
    public static TestNode Restarted(this TestNode node, int cards, params IHealthRule[] rules)
    {
        var after = new TestNode(cards, rules);
        after.Judge.Recall(after.Node.Self, node.NodeFindings(), after.Now);
        for (var i = 0; i < cards; i++) after.Judge.Recall(after.Card(i), node.Findings(i), after.Now);
        return after;
    }

    private static HealthEvent Of(TestNode node, HealthEventKind kind, long code, long count, string unit) => new()
    {
        Kind = kind,
        Code = code,
        Text = $"{kind} {unit}",
        Raw = $"raw {kind}",
        BootId = node.Node.BootId,
        FirstSeen = node.Now,
        LastSeen = node.Now,
        Count = count,
        Source = "test",
        Detail = new EventDetail { Unit = unit },
    };
}

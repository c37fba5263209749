using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>Every limit of every rule, just under it and at it.</summary>
public class EdgeTests
{
    /// <summary>Numbers that are no limits: how long something lasts, and under which load or how sure a limit is held against.</summary>
    private static readonly string[] NoLimits = ["Stays", "Window", "Grace", "Minutes", "Chance", "Load", "LastOfBoot"];

    public static TheoryData<int, string> Edges
    {
        get
        {
            var all = new TheoryData<int, string>();
            for (var i = 0; i < Edge.All.Count; i++) all.Add(i, Edge.All[i].ToString());
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Just_under_it_is_one_thing_and_at_it_another(int index, string name)
    {
        var edge = Edge.All[index];
        Assert.Equal(edge.ToString(), name);
        Assert.Equal([edge.Before], Gravest(edge, edge.Under));
        Assert.Equal([edge.After], Gravest(edge, edge.At));
    }

    [Fact]
    public void Each_limit_of_each_rule_has_its_row()
    {
        var limits = RuleList.All.SelectMany(rule => rule.Sheet.Thresholds.Where(threshold => !NoLimits.Contains(threshold.Name)).Select(threshold => $"{rule.Sheet.Name} {threshold.Name}"));
        // Their limits are of a learned rate and of how many readings went: each has its own tests at both sides of it.
        string[] learned = ["error-rate-siblings Times", "fields-vanished Many"];
        Assert.Equal(limits.Order(StringComparer.Ordinal), Edge.All.Select(edge => edge.ToString()).Concat(learned).Order(StringComparer.Ordinal));
    }

    private static Severity?[] Gravest(Edge edge, double value)
    {
        var node = new TestNode(4, edge.Rule);
        edge.Feed(node.Ask(), value);
        var findings = edge.Rule.Sheet.Scope == RuleScope.Node ? node.NodeFindings() : node.Findings(0);
        return findings.Count == 0 ? [null] : [findings.Max(finding => finding.Severity)];
    }
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What is asked of every rule: it fires; not just below; clears; survives a restart of the agent; takes a reset of counters for none of its business.</summary>
public class RuleProofTests
{
    // Longer than any of these waits before it speaks.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Rules => new(Proof.All.Keys);

    public static TheoryData<string, bool> FallingRules
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var rule in Proof.All.Keys)
            {
                all.Add(rule, false);
                all.Add(rule, true);
            }

            return all;
        }
    }

    [Fact]
    public void No_rule_is_without_its_proofs()
    {
        // Only what is public is run.
        var contracts = typeof(RuleContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuleContract)) && type is { IsAbstract: false, IsPublic: true })
            .Select(type => ((RuleContract)Activator.CreateInstance(type)!).RuleName);
        Assert.Equal(
            RuleList.All.Select(rule => rule.Sheet.Name).Order(StringComparer.Ordinal),
            contracts.Concat(Proof.All.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_fires(string rule)
    {
        var node = Quiet(rule);
        Proof.All[rule].Ill(node);
        Assert.Contains(Stands(node.Pass(Soon), rule), finding => finding is { Summary.Length: > 0, ClearedBy.Length: > 0, Evidence.Length: > 0 });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_does_not_just_below(string rule)
    {
        var node = Quiet(rule);
        Proof.All[rule].JustBelow(node);
        Assert.Empty(Stands(node.Pass(Soon), rule));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_clears(string rule)
    {
        var node = Quiet(rule);
        Proof.All[rule].Ill(node);
        Heal(node.Pass(Soon), rule);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_survives_a_restart_of_the_agent(string rule)
    {
        var (node, proof) = (Quiet(rule), Proof.All[rule]);
        proof.Ill(node);
        var before = Assert.Single(Stands(node.Pass(Soon), rule));
        node.Restart();
        if (proof.IsLevel) proof.Ill(node);
        var after = Assert.Single(Stands(node.Pass(Soon), rule));
        Assert.Equal((before.FirstSeen, before.Severity), (after.FirstSeen, after.Severity));
        Assert.Single(node.Transitions, change => change.Kind == HealthEventKind.FindingRaised && change.Finding!.Rule == rule);
        Heal(node, rule);
    }

    /// <summary>Every counter that there is falls, so those that the rule reads are among them, if it reads any.</summary>
    [Theory]
    [MemberData(nameof(FallingRules))]
    public void All_counters_may_fall_while_it_stands(string rule, bool isNewGeneration)
    {
        var (node, proof) = (Quiet(rule), Proof.All[rule]);
        HealthyCard.Read(node, 0, 50, 1000);
        proof.Ill(node.Pass(1));
        var before = Assert.Single(Stands(node.Pass(Soon), rule));
        node.Transitions.Clear();
        if (isNewGeneration) node.Reset(0);
        HealthyCard.Read(node, 0, 0, 0);
        if (proof.IsLevel) proof.Ill(node);
        Assert.Equal(before.FirstSeen, Assert.Single(Stands(node.Ask(), rule)).FirstSeen);
        HealthyCard.Read(node, 0, 170 * 50, 10);
        if (proof.IsLevel) proof.Ill(node);
        // A latch that a reset of the card opens lets it go: what heals it is no reason to raise another.
        var isHealed = isNewGeneration && before.Latch == Latch.Reset && !proof.IsLevel && proof.Rule.Sheet.Scope == RuleScope.Device;
        var stands = Stands(node.Pass(isHealed ? TimeSpan.FromSeconds(proof.Rule.Sheet.ClearAfter.Default) + Soon : Soon), rule);
        Assert.Equal(isHealed ? [] : [before.FirstSeen], stands.Select(finding => finding.FirstSeen));
        Assert.DoesNotContain(node.Transitions, change => change.Kind == HealthEventKind.FindingRaised && change.Finding!.Rule == rule);
    }

    [Theory]
    [MemberData(nameof(FallingRules))]
    public void All_counters_may_fall_while_it_does_not(string rule, bool isNewGeneration)
    {
        var node = Quiet(rule);
        foreach (var count in (double[])[50, 0, 170 * 50, 0])
        {
            HealthyCard.Read(node, 0, count, count);
            node.Pass(Soon);
            if (isNewGeneration) node.Reset(0);
        }

        Assert.DoesNotContain(node.Transitions, change => change.Finding?.Rule == rule);
    }

    private static TestNode Quiet(string rule)
    {
        var node = new TestNode(2, Proof.All[rule].Rule);
        node.Read(0, SignalId.Power, 100).Pass(60);
        Assert.Empty(Stands(node, rule));
        return node;
    }

    private static void Heal(TestNode node, string rule)
    {
        var proof = Proof.All[rule];
        if (proof.Rule.Sheet.Latch != Latch.None) Assert.NotEmpty(Stands(node.Leap(TimeSpan.FromDays(2)).Pass(Soon), rule));
        proof.Heal(node);
        var clearAfter = TimeSpan.FromSeconds(proof.Rule.Sheet.ClearAfter.Default);
        node.Pass(clearAfter < TimeSpan.FromHours(1) ? clearAfter + Soon : Soon);
        Assert.Empty(Stands(node, rule));
    }

    private static List<Finding> Stands(TestNode node, string rule) => [.. node.Findings(0).Concat(node.NodeFindings()).Where(finding => finding.Rule == rule)];
}

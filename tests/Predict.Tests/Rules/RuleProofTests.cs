using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What is asked of every rule: it fires; not just below; clears; survives a restart of the agent; takes a reset of counters for none of its business.</summary>
public class RuleProofTests
{
    // Longer than any of these waits before it speaks.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Rules => new(Proof.All.Keys);

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

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_reset_of_counters_is_none_of_its_business(string rule)
    {
        var node = Quiet(rule);
        node.Read(0, SignalId.EccCorrected, 50).Read(0, SignalId.PcieReplays, 50).Pass(Soon);
        node.Reset(0).Read(0, SignalId.EccCorrected, 0).Read(0, SignalId.PcieReplays, 0).Pass(Soon);
        node.Reset(0).Read(0, SignalId.EccCorrected, 170 * 50).Read(0, SignalId.PcieReplays, 170 * 50).Pass(Soon);
        Assert.Empty(Stands(node, rule));
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
        node.Pass(proof.Rule.Sheet.ClearAfter < TimeSpan.FromHours(1) ? proof.Rule.Sheet.ClearAfter + Soon : Soon);
        Assert.Empty(Stands(node, rule));
    }

    private static List<Finding> Stands(TestNode node, string rule) => [.. node.Findings(0).Concat(node.NodeFindings()).Where(finding => finding.Rule == rule)];
}

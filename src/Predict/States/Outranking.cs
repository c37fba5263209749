using System.Collections.Frozen;
using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>One trouble is one call: of findings of one device that are of the same trouble, the others are parts of the one that says most.</summary>
internal sealed class Outranking(ImmutableArray<IHealthRule> rules)
{
    private readonly FrozenDictionary<string, ImmutableArray<Outranked>> _byRule
        = rules.Where(rule => !rule.Sheet.Outranks.IsEmpty).ToFrozenDictionary(rule => rule.Sheet.Name, rule => rule.Sheet.Outranks);

    /// <summary>The same findings, those that stand for themselves first, then those that are part of one, then those that are only observed; each the gravest first,
    /// and of the equally grave what a line of the log named before what was only measured.</summary>
    public ImmutableArray<Finding> Sort(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        // Few rules outrank any. A card in a storm may have hundreds of findings and is judged at each of its events: no pair is looked at that cannot matter.
        var outranking = all.FindAll(finding => !finding.IsObserved && _byRule.ContainsKey(finding.Rule));
        return
        [
            .. all.Select(finding => PartOf(Whole(finding, outranking)?.Rule ?? "", finding))
                .OrderBy(finding => finding.IsObserved).ThenBy(finding => finding.PartOf.Length > 0).ThenByDescending(finding => finding.Severity)
                .ThenByDescending(finding => finding.Evidence.Any(evidence => evidence.Line.Length > 0))
                .ThenBy(finding => finding.Rule, StringComparer.Ordinal),
        ];
    }

    private static Finding PartOf(string rule, Finding finding) => finding.PartOf == rule ? finding : finding with { PartOf = rule };

    /// <summary>The one that it is a part of, and no part itself; null when there is none. Sheets do not outrank each other in a ring: a test holds that.</summary>
    private Finding? Whole(Finding part, List<Finding> outranking)
    {
        if (part.IsObserved) return null;
        foreach (var other in outranking)
        {
            if (Says(other, part)) return Whole(other, outranking) ?? other;
        }

        return null;
    }

    private bool Says(Finding more, Finding less)
    {
        if (more.Severity < less.Severity) return false;
        foreach (var one in _byRule[more.Rule])
        {
            if (one.Rule == less.Rule && (one.Key is null || one.Key == less.Key)) return true;
        }

        return false;
    }
}

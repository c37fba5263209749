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
        return
        [
            .. all.Select(finding => finding with { PartOf = Whole(finding, all)?.Rule ?? "" })
                .OrderBy(finding => finding.IsObserved).ThenBy(finding => finding.PartOf.Length > 0).ThenByDescending(finding => finding.Severity)
                .ThenByDescending(finding => finding.Evidence.Any(evidence => evidence.Line.Length > 0))
                .ThenBy(finding => finding.Rule, StringComparer.Ordinal),
        ];
    }

    /// <summary>The one that it is a part of, and no part itself; null when there is none. Sheets do not outrank each other in a ring: a test holds that.</summary>
    private Finding? Whole(Finding part, List<Finding> all)
    {
        var whole = part.IsObserved ? null : all.Find(other => Says(other, part));
        return whole is null ? null : Whole(whole, all) ?? whole;
    }

    private bool Says(Finding more, Finding less)
        => !more.IsObserved && more.Severity >= less.Severity && _byRule.TryGetValue(more.Rule, out var outranked)
            && outranked.Any(one => one.Rule == less.Rule && (one.Key is null || one.Key == less.Key));
}

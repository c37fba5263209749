using System.Collections.Frozen;
using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Reporting;

/// <summary>The maker's error code behind a finding. The key of many a rule is the number of a link, which must not be taken for one.</summary>
internal static class FindingCode
{
    private static readonly FrozenSet<string> Coded = RuleList.All.Where(rule => rule.Sheet.KeyIsCode).Select(rule => rule.Sheet.Name).ToFrozenSet();

    /// <summary>0 where it comes from none.</summary>
    public static long Of(Finding finding) => Coded.Contains(finding.Rule) ? finding.Key : 0;
}

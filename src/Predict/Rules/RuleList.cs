using System.Collections.Immutable;

namespace Forewarn.Predict.Rules;

/// <summary>Every rule there is, by name.</summary>
public static class RuleList
{
    /// <summary>A line each; the name is the key of the configuration, the label of the metric and the file of the runbook.</summary>
    public static ImmutableArray<IHealthRule> All { get; } =
    [
        new RowRemapFailed(),
    ];
}

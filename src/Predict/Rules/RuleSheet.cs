using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>Everything that is to be known of a rule without running it; docs/rules.md, the configuration and the runbook are made from it.</summary>
public sealed record RuleSheet
{
    /// <summary>Lower case with hyphens, for ever: <c>row-remap-failed</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A few words: <c>Row remapping failed</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What it means and why it matters, two or three sentences.</summary>
    public required string Doc { get; init; }

    /// <summary>Asked about devices or about the node.</summary>
    public RuleScope Scope { get; init; }

    /// <summary>How grave, unless the verdict says otherwise.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What to do, unless the verdict says otherwise.</summary>
    public required RecommendedActions Actions { get; init; }

    /// <summary>What must have happened, beside the evidence being gone, before it clears.</summary>
    public Latch Latch { get; init; }

    /// <summary>It must hold so long, without a break, before it is raised. Zero: at once. Time that nobody watched does not count.</summary>
    public Threshold Debounce { get; init; } = Delay.AtOnce;

    /// <summary>
    /// Its evidence must be gone so long before it clears or becomes milder; what comes back earlier is the same finding. Only while the device is
    /// measured. Evidence that was logged, and that no latch holds, is gone when it was watched for long enough without it.
    /// </summary>
    public Threshold ClearAfter { get; init; } = Delay.Minute;

    /// <summary>Not asked in the first minutes (<see cref="History.NodeHistory.Grace"/>) after a boot or a load of the driver, while links train and services start.</summary>
    public bool HasBootGrace { get; init; }

    /// <summary>What would clear it, for a person.</summary>
    public required string ClearedBy { get; init; }

    /// <summary>Chance of failure that it stands for.</summary>
    public required FailureProbability Probability { get; init; }

    /// <summary>Where that chance comes from.</summary>
    public required string ProbabilityOrigin { get; init; }

    /// <summary>
    /// What is of the same trouble and says less: while this rule's finding stands and is at least as grave, such a one is told as a part of it and is no
    /// trouble of its own.
    /// </summary>
    public ImmutableArray<Outranked> Outranks { get; init; } = [];

    /// <summary>Off, observed or on, unless the site says otherwise.</summary>
    public RuleMode Mode { get; init; }

    /// <summary>The key of its findings is the maker's code of the error that they come from, not the number of a link or of something else.</summary>
    public bool KeyIsCode { get; init; }

    /// <summary>What it is held against, in the order of the documentation.</summary>
    public ImmutableArray<Threshold> Thresholds { get; init; } = [];

    /// <summary>All that the site may set: those, and the delays.</summary>
    public ImmutableArray<Threshold> Numbers => [.. Thresholds, Debounce, ClearAfter];
}

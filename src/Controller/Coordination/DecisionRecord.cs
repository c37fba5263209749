using System.Collections.Immutable;
using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Coordination;

/// <summary>One decision with what it rests on, what else there was, and what came of it. Kept when any of that but the figures changes.</summary>
public sealed record DecisionRecord
{
    /// <summary>The trouble that it answers; of several, the oldest.</summary>
    public required long Incident { get; init; }

    /// <summary>For which job; empty where the node alone is in question.</summary>
    public string Job { get; init; } = "";

    /// <summary>Whose job.</summary>
    public string User { get; init; } = "";

    /// <summary>The bad nodes that it holds.</summary>
    public ImmutableArray<string> Nodes { get; init; } = [];

    /// <summary>The alternatives and what they cost; null where there was no choice to make.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What came of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The guard that refused it, or kept from the job what would have been better; empty when none did.</summary>
    public string Guard { get; init; } = "";

    /// <summary>One line for a person.</summary>
    public required string Why { get; init; }

    /// <summary>Where the job would go, or goes; empty when it stays.</summary>
    public ImmutableArray<string> Destinations { get; init; } = [];

    /// <summary>Why there, line by line.</summary>
    public ImmutableArray<string> Placement { get; init; } = [];

    /// <summary>Where else it could have gone, and why not; a line that an earlier version wrote has none.</summary>
    public ImmutableArray<LosingPlacement> Losing { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Says the same as an earlier one: figures change with each look, and are not worth a line each.</summary>
    public bool SaysAs(DecisionRecord? other) => other is not null && other.Verdict == Verdict && other.Guard == Guard && other.Decision?.Chosen == Decision?.Chosen
        && other.Nodes.SequenceEqual(Nodes) && other.Destinations.SequenceEqual(Destinations);
}

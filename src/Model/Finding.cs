using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>What one rule says of one device, or of the node, from the moment it is sure until its cause is gone.</summary>
public sealed record Finding
{
    /// <summary>The rule's name, <c>row-remap-failed</c>; its runbook page and its configuration section have the same.</summary>
    public required string Rule { get; init; }

    /// <summary>Which of several that one rule can say of a device at once: the error's code, the link's number; else 0.</summary>
    public long Key { get; init; }

    /// <summary>The device; <see cref="DeviceId.Node"/> for the node itself.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>How grave.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What to do.</summary>
    public RecommendedActions Actions { get; init; }

    /// <summary>One line for a person: what is the matter, with the number against its threshold.</summary>
    public required string Summary { get; init; }

    /// <summary>What speaks for it, the most telling first.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>What would clear it, in words.</summary>
    public string ClearedBy { get; init; } = "";

    /// <summary>What must happen before it may clear.</summary>
    public Latch Latch { get; init; }

    /// <summary>Seen by a rule in observe mode: told, but it changes no state and asks for nothing.</summary>
    public bool IsObserved { get; init; }

    /// <summary>Name of the rule whose finding is of the same trouble and says more: then this one calls nobody on its own; "" where it stands for itself.</summary>
    public string PartOf { get; init; } = "";

    /// <summary>Chance of failure that this finding alone stands for.</summary>
    public FailureProbability Probability { get; init; }

    /// <summary>When its cause was first seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was last seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How often: errors, or how often the cause came and came back; at least 1.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The kernel's boot id when it was raised.</summary>
    public string BootId { get; init; } = "";

    /// <summary>Serial of the card that it was raised on; "" when the product tells none. Another serial in the slot closes it.</summary>
    public string Serial { get; init; } = "";
}

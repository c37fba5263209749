using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Controller.Repair;

/// <summary>What the agent of a node tells that bears on its repair.</summary>
public sealed record NodeProof
{
    /// <summary>Nothing is known: the agent is silent, has not judged the node since it was started, or somebody works there.</summary>
    public static NodeProof None { get; } = new();

    /// <summary>It is of now, and whole.</summary>
    public bool IsHeard { get; init; }

    /// <summary>Agent and scheduler have both lost the node.</summary>
    public bool IsGone { get; init; }

    /// <summary>The kernel's boot; empty when it is not told.</summary>
    public string BootId { get; init; } = "";

    /// <summary>Cards that are told of.</summary>
    public int Cards { get; init; }

    /// <summary>Its scheduler has more cards for it.</summary>
    public bool LacksCards { get; init; }

    /// <summary>What asks for work to leave the node.</summary>
    public ImmutableArray<StandingTrouble> Troubles { get; init; } = [];

    /// <summary>Devices of which nobody can say how they are.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];
}

/// <summary>One device that is not well.</summary>
/// <param name="Device">Which.</param>
/// <param name="Rule">What is the matter.</param>
/// <param name="Repair">What it asks for.</param>
public sealed record StandingTrouble(string Device, string Rule, RepairAction Repair);

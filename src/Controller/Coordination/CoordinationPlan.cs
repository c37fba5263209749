using System.Collections.Immutable;

namespace Forewarn.Controller.Coordination;

/// <summary>What follows from one look.</summary>
/// <param name="Steps">What is to be written and done, in this order; empty while there is nothing to do but wait.</param>
/// <param name="State">How the journal stands when all is written.</param>
/// <param name="Watched">Jobs whose checkpoints matter now.</param>
/// <param name="AwaitsReading">Something is decided as soon as the checkpoints of one of these were looked for.</param>
public sealed record CoordinationPlan(ImmutableArray<CoordinationStep> Steps, ControllerState State, ImmutableArray<string> Watched, bool AwaitsReading)
{
    /// <summary>Those of the watched of which a checkpoint is awaited: it is acted upon as soon as it is there.</summary>
    public ImmutableHashSet<string> Awaited { get; init; } = [];

    /// <summary>The site's own repairs that may go on, by their keys: any other is ended, since its node may have work again.</summary>
    public ImmutableHashSet<string> Repairing { get; init; } = [];
}

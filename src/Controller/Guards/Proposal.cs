using Forewarn.Controller.Decisions;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Guards;

/// <summary>What the controller is about to do by itself.</summary>
/// <param name="Incident">Because of which trouble.</param>
/// <param name="Partition">Where.</param>
/// <param name="Job">For which job; null when only the node is to be drained.</param>
/// <param name="Alternative">What.</param>
/// <param name="IsApproved">A person has approved it.</param>
public sealed record Proposal(Incident Incident, string Partition, ClusterJob? Job, Alternative Alternative, bool IsApproved = false)
{
    /// <summary>The node is out already, and is to be repaired and given back.</summary>
    public bool IsRepair { get; init; }
}

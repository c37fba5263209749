using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Repair;

/// <summary>All that the next step of a repair rests on.</summary>
/// <param name="Cluster">What the scheduler said.</param>
/// <param name="Proof">What the node's agent says.</param>
/// <param name="Run">How the site's command stands; null when this controller has not begun it.</param>
public sealed record RepairSight(ClusterSight Cluster, NodeProof Proof, RepairRun? Run);

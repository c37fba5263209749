using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Topology;

namespace Forewarn.Daemon.Recovery;

/// <summary>What the runner is told by others; asked anew at each look.</summary>
/// <param name="Nodes">What the agents told, by node.</param>
/// <param name="Graph">How the nodes are wired.</param>
/// <param name="Settings">What the site chose.</param>
/// <param name="IsApplicationCode">Whether a maker's code stands for an error of programs.</param>
/// <param name="Repairs">How a repair command that was begun stands; null where none are.</param>
/// <param name="KeepRepairs">Ends all of these but those whose keys it is given; null where none are.</param>
internal sealed record RunnerInputs(
    Func<ImmutableDictionary<string, NodeSight>> Nodes, Func<TopologyGraph> Graph, Func<CoordinationSettings> Settings, Func<long, bool> IsApplicationCode,
    Func<string, RepairRun?>? Repairs = null, Action<IReadOnlySet<string>>? KeepRepairs = null);

using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Reporting;

/// <summary>Makes of the node's view what the controller is told: the state whole, and what changed.</summary>
/// <param name="view">The node.</param>
/// <param name="name">The node's name as its scheduler has it.</param>
/// <param name="time">The clock.</param>
internal sealed class ReportMaker(NodeView view, string name, TimeProvider time)
{
    private long _sequence;

    /// <summary>The next report.</summary>
    /// <param name="store">Of which store the transitions are; empty while none was read.</param>
    /// <param name="transitions">What was not taken yet.</param>
    /// <param name="requested">Jobs for which a request for a checkpoint lies.</param>
    public AgentReport Make(string store, ImmutableArray<ReportedTransition> transitions, ImmutableArray<string> requested) => new()
    {
        Protocol = ReportProtocol.Version,
        Node = name,
        Store = store,
        Sequence = ++_sequence,
        At = time.GetUtcNow(),
        Started = view.Node.Started,
        BootId = view.Node.BootId,
        Version = view.Node.Version,
        Driver = view.Sources.Select(source => source.DriverVersion).FirstOrDefault(version => version.Length > 0) ?? "",
        IsSimulated = view.Node.Simulation is not null,
        InMaintenance = view.Maintenance is not null,
        // Before its devices were found nothing can be said of it that a controller may build on.
        Itself = view.IsReady ? ReportedState.OfNode(view.Assessment) : null,
        Devices = [.. ReportedState.OfCards(view.Devices)],
        Transitions = transitions,
        Requested = requested,
    };
}

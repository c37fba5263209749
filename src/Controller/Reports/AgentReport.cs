using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Forewarn.Model;

namespace Forewarn.Controller.Reports;

/// <summary>
/// What one agent says of its node: how all stands now, and what changed since the last report that a controller took. To send one twice does no harm:
/// the state is whole, and each transition has its number for ever.
/// </summary>
public sealed record AgentReport
{
    /// <summary>Of <see cref="ReportProtocol"/>.</summary>
    public required int Protocol { get; init; }

    /// <summary>The node's name, as its scheduler has it. Whoever signs the report must be that node.</summary>
    public required string Node { get; init; }

    /// <summary>Of the agent's store of events: another one begins its numbers anew. Empty while it could not be read yet, and then there are no transitions.</summary>
    public required string Store { get; init; }

    /// <summary>Grows with each report of one run of the agent; an older one that arrives late changes no state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long Sequence { get; init; }

    /// <summary>When it was made, by the node's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When this run of the agent began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The kernel's boot.</summary>
    public string BootId { get; init; } = "";

    /// <summary>The agent's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Version of the accelerators' driver; empty when none is known.</summary>
    public string Driver { get; init; } = "";

    /// <summary>A simulated node: never to be acted on beside a real one.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Somebody works at the node.</summary>
    public bool InMaintenance { get; init; }

    /// <summary>The node itself, <see cref="DeviceId.Node"/>; null before the first assessment, and until every source has measured its devices or said why it cannot.</summary>
    public ReportedDevice? Itself { get; init; }

    /// <summary>Its devices, in the order of their PCI addresses.</summary>
    public ImmutableArray<ReportedDevice> Devices { get; init; } = [];

    /// <summary>What changed, the oldest first; at most <see cref="ReportProtocol.MostTransitions"/>.</summary>
    public ImmutableArray<ReportedTransition> Transitions { get; init; } = [];

    /// <summary>Requests for a checkpoint that lie where the jobs look for them, by job.</summary>
    public ImmutableArray<string> Requested { get; init; } = [];

    /// <summary>Serials of its cards whose history from elsewhere it asks for: once in a run of each, until it was answered.</summary>
    public ImmutableArray<string> HistoryOf { get; init; } = [];
}

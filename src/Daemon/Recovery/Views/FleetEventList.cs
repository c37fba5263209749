using Forewarn.Controller.Coordination;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of the controller's <c>/v1/events</c>. Fields are only ever added; docs/fleet.md describes each.</summary>
internal sealed record FleetEventList
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>From where the stream goes on.</summary>
    public required string LastId { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<FleetEventReport> Events { get; init; }
}

/// <summary>One thing that happened.</summary>
internal sealed record FleetEventReport
{
    /// <summary>By which the stream is gone on with; absent in a list.</summary>
    public string? Id { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Absent where it belongs to none.</summary>
    public long? Incident { get; init; }

    public string? Node { get; init; }

    public string? Job { get; init; }

    public required string Text { get; init; }

    public static FleetEventReport Of(FleetEvent told, string? id) => Of(told.What, id);

    private static FleetEventReport Of(Happening what, string? id) => new()
    {
        Id = id,
        Kind = what.Kind,
        At = what.At,
        Incident = what.Incident == 0 ? null : what.Incident,
        Node = what.Node.Length == 0 ? null : what.Node,
        Job = what.Job.Length == 0 ? null : what.Job,
        Text = what.Text,
    };
}

/// <summary>What a stream says of itself, as <c>event: cut</c> or <c>event: gap</c>.</summary>
internal sealed record StreamNotice(string Text);

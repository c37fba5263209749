using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>One event, as <c>/v1/events</c> and its stream tell it.</summary>
internal sealed record EventReport
{
    /// <summary>Grows with each event of this node; what <c>since</c> and <c>Last-Event-ID</c> take.</summary>
    public required long Id { get; init; }

    /// <summary>What happened.</summary>
    public required HealthEventKind Kind { get; init; }

    /// <summary>Identity of the device; null for the node.</summary>
    public string? Device { get; init; }

    /// <summary>Its number, a label only.</summary>
    public int? Index { get; init; }

    /// <summary>Its place on the bus.</summary>
    public string? PciAddress { get; init; }

    /// <summary>Its serial.</summary>
    public string? Serial { get; init; }

    /// <summary>Its slot on the baseboard.</summary>
    public int? Slot { get; init; }

    /// <summary>The maker's code; null where there is none.</summary>
    public long? Code { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Text { get; init; }

    /// <summary>First time seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last time seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How often within that.</summary>
    public required long Count { get; init; }

    /// <summary>Who saw it.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The kernel's boot id when it was seen.</summary>
    public string? BootId { get; init; }

    /// <summary>The line as it was logged.</summary>
    public string? Raw { get; init; }

    /// <summary>The rule whose finding was raised, changed or cleared.</summary>
    public string? Rule { get; init; }

    /// <summary>How grave that finding is.</summary>
    public Severity? Severity { get; init; }

    /// <summary>False while the disk refuses: it was told and will be stored when it can.</summary>
    public bool Durable { get; init; } = true;
}

/// <summary>The answer of <c>/v1/events</c>.</summary>
internal sealed record EventList
{
    /// <summary>Nothing in it is real hardware.</summary>
    public required bool Simulated { get; init; }

    /// <summary>This node.</summary>
    public required string Node { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<EventReport> Events { get; init; }

    /// <summary>Why events are not stored now; null while they are.</summary>
    public string? NotStored { get; init; }
}

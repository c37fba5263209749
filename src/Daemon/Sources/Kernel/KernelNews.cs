using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>What one line says, before it has a time and a place in the log.</summary>
internal sealed record KernelNews
{
    /// <summary>What happened.</summary>
    public required HealthEventKind Kind { get; init; }

    /// <summary>To whom; null when the line is of no single device.</summary>
    public Device? Device { get; init; }

    /// <summary>As in the event.</summary>
    public long Code { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Text { get; init; }

    /// <summary>How many of them the line tells of.</summary>
    public long Count { get; init; } = 1;

    /// <summary>As in the event.</summary>
    public EventDetail? Detail { get; init; }

    /// <summary>False when the line begins as one that we know and goes on otherwise.</summary>
    public bool IsUnderstood { get; init; } = true;
}

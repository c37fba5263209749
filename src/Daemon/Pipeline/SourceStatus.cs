using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What a source is doing.</summary>
internal enum SourceState : byte
{
    /// <summary>Its probe is starting or loading the library.</summary>
    Starting,

    /// <summary>Samples flow.</summary>
    Running,

    /// <summary>Library or driver is not there; tried again with back-off.</summary>
    Unavailable,

    /// <summary>Its probe died or was ended; the next one waits for its back-off.</summary>
    Restarting,

    /// <summary>Its probe died too often in a short time; left alone for a while.</summary>
    Held,

    /// <summary>An operator asked for the devices to be let go.</summary>
    Released,
}

/// <summary>State of a source with its cause. Immutable.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Reason">Typed cause where it is not running.</param>
/// <param name="Detail">One line for a person; empty while running.</param>
/// <param name="Since">When it became so.</param>
internal sealed record SourceStatus(SourceState State, NoDataReason Reason, string Detail, DateTimeOffset Since);

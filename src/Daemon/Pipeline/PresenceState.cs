using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>A device's presence with its cause, in words an operator can act on.</summary>
/// <param name="Presence">Measured, stalled, lost, excluded or unknown.</param>
/// <param name="Reason">Typed cause; <see cref="NoDataReason.None"/> while measured.</param>
/// <param name="Detail">One line for a person; empty while measured.</param>
/// <param name="Since">When it became so.</param>
internal sealed record PresenceState(DevicePresence Presence, NoDataReason Reason, string Detail, DateTimeOffset Since)
{
    public static PresenceState NotYetKnown { get; } = new(DevicePresence.Unknown, NoDataReason.None, "not read yet", default);

    /// <summary>The driver was told to leave it alone: nobody can use it, and nobody waits for it.</summary>
    public bool IsLeftAlone => this is { Presence: DevicePresence.Excluded, Reason: NoDataReason.Excluded };
}

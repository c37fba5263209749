using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// Tells a driver that is not there from one that the service's own sandbox hides: device numbers given out when the driver loads are
/// resolved when the unit starts, so a driver that came later is refused with EPERM until the unit starts again.
/// </summary>
internal static class SandboxCheck
{
    /// <summary>The first node that is refused with EPERM though its driver has registered itself; null when there is none.</summary>
    public static string? FirstDenied(SourceEntry entry, string root)
    {
        if (!ProcDevices.TryRead(root, out var devices) || !entry.DriverNames.Any(name => devices.CharacterMajor(name) is not null)) return null;
        foreach (var node in entry.ControlNodes)
        {
            if (DeviceNode.TryOpen(Path.Join(root, node)) == Errno.NotPermitted) return $"{node} is refused by the service's sandbox (EPERM)";
        }

        return null;
    }
}

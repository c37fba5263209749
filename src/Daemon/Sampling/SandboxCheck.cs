using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// Tells a driver that is not there from one that the service's own sandbox hides: device numbers given out when the driver loads are
/// resolved when the unit starts, so a driver that came later is refused with EPERM until the unit starts again.
/// </summary>
internal static class SandboxCheck
{
    /// <summary>The first node that exists, whose major the kernel lists, and that is refused with EPERM; null when there is none.</summary>
    public static string? FirstDenied(IReadOnlyList<string> nodes, string root)
    {
        foreach (var node in nodes)
        {
            if (DeviceNode.TryOpen(Path.Join(root, node)) == Errno.NotPermitted) return $"{node} is refused by the service's sandbox (EPERM)";
        }

        return null;
    }
}

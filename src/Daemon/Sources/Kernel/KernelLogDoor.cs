using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Opens the kernel log: systemd hands it to the service as standard input, opened before the service lost its rights (docs/decisions/004); an agent
/// that was started otherwise opens it itself, which the kernel may refuse.
/// </summary>
internal static class KernelLogDoor
{
    private const int StandardInput = 0;

    /// <summary>Null where it cannot be had, with why.</summary>
    public static IKernelLog? Open(string path, WaitHandle stop, out NoDataReason reason, out string detail)
    {
        (reason, detail) = (NoDataReason.None, "");
        if (path == KernelLog.DevicePath && KernelLog.Is(StandardInput))
        {
            _ = Libc.SetNonBlocking(StandardInput);
            return new DeviceLog(StandardInput);
        }

        var error = KernelLog.Open(path, out var descriptor);
        if (error != Errno.None)
        {
            (reason, detail) = Why(path, error);
            return null;
        }

        if (KernelLog.Is(descriptor)) return new DeviceLog(descriptor);
        var isRegular = FileIdentity.TryRead(descriptor, out var file) == Errno.None && file.IsRegular;
        _ = Libc.Close(descriptor);
        if (isRegular) return new GrowingLog(path, stop);
        (reason, detail) = (NoDataReason.Invalid, $"{path} is neither the kernel log nor a file");
        return null;
    }

    public static (NoDataReason Reason, string Detail) Why(string path, Errno error) => error switch
    {
        Errno.NotPermitted or Errno.AccessDenied => (NoDataReason.NoPermission,
            $"{path} may not be read by this user: the packaged unit hands it over as standard input, else it needs root or CAP_SYSLOG"),
        Errno.NoEntry => (NoDataReason.NotSupported, $"{path} is not there"),
        _ => (NoDataReason.Invalid, $"{path} cannot be read: {error}"),
    };
}

namespace Forewarn.Interop.Linux;

/// <summary>
/// Whether this process may open a device node, and if not, why: NotPermitted is the sandbox, AccessDenied the file's mode,
/// NoDeviceOrAddress a driver that is not there. A driver may do slow work in its open, so ask a control node, not a device's own.
/// </summary>
public static class DeviceNode
{
    public static Errno TryOpen(string path)
    {
        int descriptor = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec);
        if (descriptor < 0) return Libc.LastError;
        _ = Libc.Close(descriptor);
        return Errno.None;
    }
}

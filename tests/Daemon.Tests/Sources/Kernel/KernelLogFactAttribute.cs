using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>A test that reads this machine's own kernel log.</summary>
public sealed class KernelLogFactAttribute : FactAttribute
{
    public KernelLogFactAttribute()
    {
        var error = KernelLog.Open(KernelLog.DevicePath, out var descriptor);
        if (error == Errno.None) _ = Libc.Close(descriptor);
        else Skip = $"{KernelLog.DevicePath}: {error}";
    }
}

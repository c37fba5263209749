using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>The kernel's own log behind an open descriptor.</summary>
internal sealed class DeviceLog(int descriptor) : IKernelLog
{
    public int Generation => 0;

    public bool NumbersOnlyGrow => true;

    public int Read(Span<byte> into, out Errno error) => KernelLog.Read(descriptor, into, out error);

    public bool Rewind() => KernelLog.Rewind(descriptor);

    public void Wait(int milliseconds) => KernelLog.Wait(descriptor, milliseconds);

    /// <summary>Standard input stays: closed, its number would be given to the next file that is opened.</summary>
    public void Dispose()
    {
        if (descriptor > 0) _ = Libc.Close(descriptor);
    }
}

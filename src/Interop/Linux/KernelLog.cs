namespace Forewarn.Interop.Linux;

/// <summary>
/// /dev/kmsg (kernel: Documentation/ABI/testing/dev-kmsg): one read is one record. Each open has its own position and begins at the oldest
/// record. TryAgain: there is none now; BrokenPipe: records were overwritten, the next read is the oldest that is left; InvalidArgument: the
/// buffer is smaller than the record, which is passed over.
/// </summary>
public static class KernelLog
{
    public const string DevicePath = "/dev/kmsg";

    // kernel: Documentation/admin-guide/devices.txt, "1 char Memory devices", 11.
    private const uint Major = 1;
    private const uint Minor = 11;

    /// <summary>Whether an open descriptor is the kernel log, whoever opened it and under what name.</summary>
    public static bool Is(int descriptor) =>
        FileIdentity.TryRead(descriptor, out var file) == Errno.None && file.IsCharacterDevice(Major, Minor);

    /// <summary>At the oldest record, without waiting reads. Needs CAP_SYSLOG where kernel.dmesg_restrict=1: NotPermitted.</summary>
    public static Errno Open(string path, out int descriptor)
    {
        descriptor = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec);
        return descriptor < 0 ? Libc.LastError : Errno.None;
    }

    /// <summary>One record; −1 and why there is none.</summary>
    public static int Read(int descriptor, Span<byte> into, out Errno error)
    {
        var length = (int)Libc.Read(descriptor, into);
        error = length < 0 ? Libc.LastError : Errno.None;
        return length;
    }

    /// <summary>Back to the oldest record that is left.</summary>
    public static bool Rewind(int descriptor) => Libc.Seek(descriptor, 0, Libc.SeekSet) >= 0;

    /// <summary>Until there is a record to read (an overwritten one, too) or the time is over.</summary>
    public static void Wait(int descriptor, int milliseconds)
    {
        Span<PollDescriptor> one = [new() { Descriptor = descriptor, Events = Libc.PollIn }];
        _ = Libc.Poll(one, milliseconds);
    }
}

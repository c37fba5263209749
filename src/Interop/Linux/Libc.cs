using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>
/// The calls of libc that the framework does not offer: descriptors below its streams, signals to processes that are not its
/// children, device nodes. Each returns what C returns; <see cref="LastError"/> is errno.
/// </summary>
public static partial class Libc
{
    // bits/fcntl-linux.h; these are the same on x86-64 and arm64.
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int GetDescriptorFlags = 1;
    public const int SetDescriptorFlags = 2;
    public const int GetStatusFlags = 3;
    public const int SetStatusFlags = 4;

    /// <summary>SEEK_SET: from the beginning.</summary>
    public const int SeekSet = 0;

    /// <summary>FD_CLOEXEC, the one descriptor flag.</summary>
    public const int DescriptorCloseOnExec = 1;

    // bits/signum-generic.h
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;

    // bits/poll.h
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 0x10;

    /// <summary>errno of this thread's last call here.</summary>
    public static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int descriptor, int target);

    // fcntl and open are variadic in C. The Linux ABIs of x86-64 and arm64 pass an int there as anywhere else.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode = 0);

    /// <summary>The path as bytes with a NUL at its end: nothing is allocated for it.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(ReadOnlySpan<byte> path, int flags, int mode = 0);

    // off_t has 64 bits on the ABIs of x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(int descriptor, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Waits until a file, or the names in a folder, are on the disk; the framework does not open folders.</summary>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    public static nint Write(int descriptor, ReadOnlySpan<byte> bytes) => Write(descriptor, bytes, (nuint)bytes.Length);

    /// <summary>Waits for any of the descriptors; how many are ready, 0 after the time-out (−1 waits for ever).</summary>
    public static int Poll(Span<PollDescriptor> descriptors, int timeoutMs) => Poll(descriptors, (nuint)descriptors.Length, timeoutMs);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollDescriptor> descriptors, nuint count, int timeoutMs);
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PollDescriptor
{
    public int Descriptor;
    public short Events;
    public short Returned;
}

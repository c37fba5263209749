using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

public static partial class Libc
{
    // bits/fcntl-linux.h; O_DIRECTORY and O_NOFOLLOW differ between x86-64 and arm64 (asm/fcntl.h of the kernel).
    public static readonly int OnlyFolder = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    public static readonly int FollowNoLink = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    // asm-generic/unistd.h: numbers from 424 on are the same on every architecture.
    private const long OpenAt2Call = 437;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(int folder, string path, int flags, int mode = 0);

    /// <summary>openat2(2), which libc does not wrap; Linux 5.6 and later.</summary>
    public static int OpenAt2(int folder, string path, in OpenHow how) => (int)SystemCall(OpenAt2Call, folder, path, in how, OpenHow.Size);

    /// <summary>A stream over the folder; it owns the descriptor from then on. Zero where that fails.</summary>
    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint FolderStream(int descriptor);

    /// <summary>The next struct dirent; zero at the end, and with <see cref="LastError"/> set where it cannot be read.</summary>
    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    public static partial nint ReadFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir", SetLastError = true)]
    public static partial int CloseFolder(nint stream);

    public static nint ReadAt(int descriptor, Span<byte> into, long offset) => ReadAt(descriptor, into, (nuint)into.Length, offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int descriptor, Span<byte> into, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SystemCall(long number, int folder, string path, in OpenHow how, nuint size);
}

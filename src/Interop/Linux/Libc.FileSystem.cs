using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

public static partial class Libc
{
    // sizeof(struct statfs) is 120 on x86-64 and arm64; f_type is its first word.
    private const int StatfsWords = 15;

    /// <summary>f_type of statfs(2): which file system a path lies on; null when the kernel does not say.</summary>
    public static long? FileSystemMagic(string path)
    {
        Span<long> answer = stackalloc long[StatfsWords + 1];
        return Statfs(path, answer) == 0 ? answer[0] & 0xffffffff : null;
    }

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statfs(string path, Span<long> answer);
}

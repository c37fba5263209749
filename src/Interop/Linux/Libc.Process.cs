using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

public static partial class Libc
{
    // asm-generic/fcntl.h, linux/fcntl.h: F_LINUX_SPECIFIC_BASE + 6.
    private const int DuplicateDescriptorCloseOnExec = 1030;

    /// <summary>A copy of a descriptor that no child inherits, at the lowest free number from 3 on.</summary>
    public static int DuplicateCloseOnExec(int descriptor) => Fcntl(descriptor, DuplicateDescriptorCloseOnExec, 3);

    /// <summary>Makes reads and writes that would wait fail with TryAgain instead.</summary>
    public static int SetNonBlocking(int descriptor) => Fcntl(descriptor, SetStatusFlags, Fcntl(descriptor, GetStatusFlags, 0) | NonBlocking);

    // linux/fcntl.h: F_LINUX_SPECIFIC_BASE + 7.
    private const int SetPipeSizeCommand = 1031;

    /// <summary>Asks for a pipe that holds so many bytes; −1 where the kernel grants no more (pipe(7): 1 MiB without a capability).</summary>
    public static int SetPipeSize(int descriptor, int bytes) => Fcntl(descriptor, SetPipeSizeCommand, bytes);

    /// <summary>Waits until something can be written to the descriptor, or the time is over.</summary>
    public static void WaitWritable(int descriptor, int milliseconds)
    {
        Span<PollDescriptor> one = [new() { Descriptor = descriptor, Events = PollOut }];
        _ = Poll(one, milliseconds);
    }

    public static nint Read(int descriptor, Span<byte> into) => Read(descriptor, into, (nuint)into.Length);

    /// <summary>Becomes this program, in this process and with these words behind its name; comes back only where the kernel refuses.</summary>
    public static Errno Execute(string program, IReadOnlyList<string> words)
    {
        var argv = new nint[words.Count + 2];
        argv[0] = Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < words.Count; i++) argv[i + 1] = Marshal.StringToCoTaskMemUTF8(words[i]);
        _ = Execute(argv[0], argv);
        var refused = LastError;
        foreach (var word in argv) Marshal.FreeCoTaskMem(word);
        return refused;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static partial int Execute(nint program, nint[] words);

    /// <summary>Ends the process at once: no exit handler of any library runs, no thread is waited for.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int status);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> into, nuint count);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Forewarn.TestKit;

/// <summary>Looks at other processes in /proc, and sends them signals.</summary>
public static partial class Processes
{
    // signal(7), x86-64 and arm64.
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>The processes that this one started and that have not ended.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. All().Where(pid => Stat(pid) is { IsDead: false } stat && stat.Parent == parent)];

    /// <summary>True while the process has not ended; one that only waits to be reaped has.</summary>
    public static bool Runs(int pid) => Stat(pid) is { IsDead: false };

    public static IReadOnlyList<string> CommandLine(int pid) => Read(pid, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The processes that have a file below this directory mapped.</summary>
    public static IReadOnlyList<int> ThatMap(string directory) =>
        [.. All().Where(pid => Read(pid, "maps").Contains($" {directory}/", StringComparison.Ordinal))];

    public static void Signal(int pid, int signal)
    {
        if (KillProcess(pid, signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw new InvalidOperationException($"kill({pid}, {signal}): errno {Marshal.GetLastPInvokeError()}");
        }
    }

    private const int NoSuchProcess = 3; // ESRCH, asm-generic/errno-base.h

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0);

    private static (int Parent, bool IsDead)? Stat(int pid)
    {
        // proc_pid_stat(5): the name in parentheses may itself hold blanks and parentheses.
        var text = Read(pid, "stat");
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 2 ? null : (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0] is "Z" or "X");
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int pid, int signal);
}

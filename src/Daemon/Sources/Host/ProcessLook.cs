using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Host;

/// <summary>Looks at every process of the node, turn after turn: who stands still in the kernel, and which of the watched services run.</summary>
internal sealed class ProcessLook(string root, IEnumerable<string> driverPrefixes)
{
    /// <summary>In so many looks in a row a process must be in the wait to count as stuck (gpud, os component: five checks).</summary>
    public const int LooksToStick = 5;

    // A node with more is in other trouble; what is beyond is not looked at.
    private const int Most = 65_536;

    private static readonly EnumerationOptions Numbers = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true, ReturnSpecialDirectories = false };

    private readonly byte[][] _driver = [.. driverPrefixes.Select(Encoding.ASCII.GetBytes)];
    private readonly ProcessFile _files = new(root);
    private readonly string _proc = Path.Join(root, "proc");
    private Dictionary<(int Process, long Start), int> _waiting = [];
    private Dictionary<(int Process, long Start), int> _before = [];

    /// <summary>Processes seen; −1 when the list cannot be read, or only our own is shown to us.</summary>
    public int Count { get; private set; }

    public int Blocked { get; private set; }

    public int Stuck { get; private set; }

    public int StuckOfDriver { get; private set; }

    /// <summary>One that is stuck, <c>name (pid)</c>.</summary>
    public string Example { get; private set; } = "";

    /// <summary>Looks at all. <paramref name="seen"/> is told each name; it must not keep it.</summary>
    public void Turn(ProcessSeen seen)
    {
        (_before, _waiting) = (_waiting, _before);
        _waiting.Clear();
        (Count, Blocked, Stuck, StuckOfDriver, Example) = (0, 0, 0, 0, "");
        var isWhole = false;
        if (!Directory.Exists(_proc))
        {
            Count = -1;
            return;
        }

        Span<byte> buffer = stackalloc byte[1024]; // the longest possible line is near 900 bytes
        try
        {
            foreach (var process in Processes())
            {
                if (Count == Most) break;
                if (_files.Read(process, "stat\0"u8, buffer, out var text) != Errno.None || !ProcStat.TryParse(text, out var stat)) continue;
                isWhole |= process == 1;
                Count++;
                var name = ProcStat.NameIn(text);
                seen(name);
                if (stat.State == 'D') Wait(in stat, name);
            }
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            isWhole = false;
        }

        // Where /proc hides the processes of others (hidepid), the first is hidden, too.
        if (!isWhole) Count = -1;
    }

    private void Wait(in ProcStat stat, ReadOnlySpan<byte> name)
    {
        Blocked++;
        var looks = _before.GetValueOrDefault((stat.Process, stat.StartTicks)) + 1;
        _waiting[(stat.Process, stat.StartTicks)] = looks;
        if (looks < LooksToStick) return;
        Stuck++;
        var isOfDriver = IsOfDriver(name);
        if (isOfDriver) StuckOfDriver++;
        if (Example.Length == 0 || (isOfDriver && StuckOfDriver == 1))
            Example = string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(name)} ({stat.Process})");
    }

    private bool IsOfDriver(ReadOnlySpan<byte> name)
    {
        foreach (var prefix in _driver)
        {
            if (name.StartsWith(prefix)) return true;
        }

        return false;
    }

    private FileSystemEnumerable<int> Processes() => new(
        _proc, static (ref FileSystemEntry entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture), Numbers)
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _),
    };
}

/// <summary>Is told the name of a process.</summary>
internal delegate void ProcessSeen(ReadOnlySpan<byte> name);

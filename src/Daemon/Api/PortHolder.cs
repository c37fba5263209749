using System.Globalization;

namespace Forewarn.Daemon.Api;

/// <summary>Finds out which process listens on a TCP port, so that a busy port is an answer and not a riddle.</summary>
internal static class PortHolder
{
    // enum tcp_state, include/net/tcp_states.h, as /proc/net/tcp prints it.
    private const string Listening = "0A";

    /// <summary>Whether anybody listens on a port, and who of those that can be seen from here.</summary>
    public static (bool IsHeld, IReadOnlyList<int> Pids) Look(int port)
    {
        var listeners = Listeners(port);
        return (listeners.Count > 0, [.. listeners.Select(listener => listener.Inode).Distinct().SelectMany(Holders).Distinct()]);
    }

    /// <summary>Completes "port N is …".</summary>
    public static string Describe(int port)
    {
        var listeners = Listeners(port);
        var processes = listeners.Select(listener => listener.Inode).Distinct().SelectMany(Holders).Distinct().ToArray();
        if (processes.Length > 0)
        {
            var names = processes.Select(pid => pid == Environment.ProcessId
                ? "this agent itself: two of its addresses overlap"
                : ProcessName.Of(pid));
            return "held by " + string.Join(" and ", names);
        }

        var who = listeners.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"held by a process of uid {listeners[0].Uid} that cannot be seen from here")
            : "held by a socket that does not listen, or in a way that cannot be seen from here";
        return string.Create(CultureInfo.InvariantCulture, $"{who}; as root, ss -ltnp 'sport = :{port}' names it");
    }

    private static List<(string Uid, string Inode)> Listeners(int port)
    {
        var found = new List<(string, string)>();
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        foreach (var table in (ReadOnlySpan<string>)["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table)) continue;
            foreach (var line in File.ReadLines(table))
            {
                // sl local rem st tx:rx tr:when retrnsmt uid timeout inode …; proc_net(5).
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                {
                    found.Add((fields[7], fields[9]));
                }
            }
        }

        return found;
    }

    private static IEnumerable<int> Holders(string inode)
    {
        var target = $"socket:[{inode}]";
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Holds(Path.Combine(directory, "fd"), target))
            {
                yield return pid;
            }
        }
    }

    private static bool Holds(string descriptors, string target)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(descriptors).Any(entry => new FileInfo(entry).LinkTarget == target);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return false; // Ended meanwhile, or another user's.
        }
    }
}

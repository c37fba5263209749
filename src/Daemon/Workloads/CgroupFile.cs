using System.Text;

namespace Forewarn.Daemon.Workloads;

/// <summary>
/// /proc/PID/cgroup (cgroups(7)): lines of <c>hierarchy:controllers:path</c>, one with version 2, a dozen with version 1. The
/// names in a path are those that the schedulers give; each line is read for itself and the one that says most is taken.
/// </summary>
internal static class CgroupFile
{
    private const string Deleted = " (deleted)"; // behind the path of a group that was removed under its process

    /// <summary>False when no line is one of cgroups(7).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CgroupOwner owner)
    {
        owner = CgroupOwner.Nobody;
        var isAny = false;
        foreach (var line in Encoding.UTF8.GetString(text).AsSpan().EnumerateLines())
        {
            var rest = line;
            if (!TryPass(ref rest) || !TryPass(ref rest) || !rest.StartsWith('/')) continue;
            if (rest.EndsWith(Deleted, StringComparison.Ordinal)) rest = rest[..^Deleted.Length];
            isAny = true;
            var found = CgroupPath.OwnerOf(rest);
            if (found.SaysMoreThan(owner)) owner = found;
        }

        return isAny;
    }

    private static bool TryPass(ref ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon >= 0) line = line[(colon + 1)..];
        return colon >= 0;
    }
}

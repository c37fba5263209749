namespace Forewarn.Daemon.Doctor;

/// <summary>A line of /proc/self/mountinfo. It is read in place of the file system itself, since a network's may hang whoever asks.</summary>
internal sealed record MountPoint(string Path, string Type, bool IsReadOnly, string Options)
{
    // As the kernel: path_resolution(7).
    private const int MostLinks = 40;

    /// <summary>File systems whose server is elsewhere, or is asked for at the first touch.</summary>
    private static readonly string[] OfNetwork =
        [
            "nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "beegfs", "ceph", "glusterfs", "9p", "orangefs", "panfs", "afs", "wekafs",
            "virtiofs", "autofs",
        ];

    public bool IsNetwork => OfNetwork.Contains(Type) || (Type.StartsWith("fuse.", StringComparison.Ordinal) && Type != "fuse.lxcfs");

    public static IReadOnlyList<MountPoint> All() => [.. File.ReadLines("/proc/self/mountinfo").Select(Parse).OfType<MountPoint>()];

    /// <summary>id parent major:minor root path options … - type source super-options; proc_pid_mountinfo(5).</summary>
    public static MountPoint? Parse(string line)
    {
        var halves = line.Split(" - ", 2);
        var (front, back) = (halves[0].Split(' '), halves[^1].Split(' '));
        if (halves.Length < 2 || front.Length < 6 || back.Length < 3) return null;
        var options = $"{front[5]},{back[2]}";
        return new(front[4].Replace(@"\040", " ", StringComparison.Ordinal), back[0], options.Split(',').Contains("ro"), options);
    }

    /// <summary>The path with its links followed, as far as no network's file system has to be asked.</summary>
    public static string Resolve(string path, IReadOnlyList<MountPoint> mounts)
    {
        var rest = new Stack<string>(path.Split('/').Reverse());
        var real = "";
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name is "" or ".") continue;
            var next = name == ".." ? real[..Math.Max(real.LastIndexOf('/'), 0)] : $"{real}/{name}";
            if (Holding(next, mounts) is { IsNetwork: true }) return string.Join('/', (string[])[next, .. rest]);
            if (name != ".." && new FileInfo(next).LinkTarget is { } target && links++ < MostLinks)
            {
                if (target.StartsWith('/')) real = "";
                foreach (var part in target.Split('/').Reverse()) rest.Push(part);
            }
            else
            {
                real = next;
            }
        }

        return real.Length == 0 ? "/" : real;
    }

    /// <summary>Where a path lies: the longest mount point above it; of two at one place the later hides the earlier.</summary>
    public static MountPoint? Holding(string path, IEnumerable<MountPoint> mounts) =>
        mounts.Where(mount => mount.Path == "/" || path == mount.Path || path.StartsWith(mount.Path + "/", StringComparison.Ordinal))
            .Aggregate((MountPoint?)null, (best, mount) => best is null || mount.Path.Length >= best.Path.Length ? mount : best);
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>
/// Whose a process is, by its pid. The answer is kept for as long as the process lives: a pid is reused, pid and start together are not within
/// one boot. Looking at a known process again allocates nothing. For one thread.
/// </summary>
internal sealed class ProcessOwners(string root, AttributionMeter meter)
{
    // The longest line of proc(5) is near 900 bytes; groups of version 1 have a dozen lines of up to a few hundred.
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ProcessFile _files = new(root);
    private readonly PodNames _pods = new(root);
    private readonly Dictionary<int, Owner> _known = [];
    private uint _round;

    /// <summary>What is not asked for until the next call is forgotten then.</summary>
    public void BeginRound()
    {
        foreach (var (pid, owner) in _known)
        {
            if (owner.Round != _round) _known.Remove(pid);
        }

        _round++;
    }

    /// <summary>Null when the process has gone or cannot be seen; <paramref name="sighting"/> says which, and holds for one list.</summary>
    public Workload? Of(int pid, ref Sighting sighting)
    {
        if (_known.TryGetValue(pid, out var owner)) owner.Round = _round;
        if (sighting.Standing is Standing.Gone or Standing.Hidden) return null;
        var error = _files.Read(pid, "stat\0"u8, _buffer, out var text);
        if (IsGone(error)) return Miss(pid, owner, ref sighting);
        var start = ProcStat.TryParse(text, out var stat) ? stat.StartTicks : sighting.Start; // unreadable: no sign of another
        if (sighting.Standing == Standing.Seen && sighting.Start != start)
        {
            sighting = new Sighting(Standing.Gone, 0); // its pid is another's now
            return null;
        }

        var workload = owner?.Start == start ? owner.Workload : Find(pid);
        if (workload is null) return Miss(pid, owner, ref sighting);
        if (owner?.Start != start) _known[pid] = new Owner(start, workload) { Round = _round };
        sighting = new Sighting(Standing.Seen, start);
        return workload;
    }

    // One that was never seen is counted once, however many lists tell it.
    private Workload? Miss(int pid, Owner? owner, ref Sighting sighting)
    {
        var wasSeen = sighting.Standing == Standing.Seen || owner is { Workload: not null };
        sighting = new Sighting(wasSeen ? Standing.Gone : Standing.Hidden, 0);
        if (wasSeen || owner is not null) return null;
        meter.CountUnresolved(NoDataReason.NoPermission);
        _known[pid] = new Owner(Owner.NeverSeen, null) { Round = _round };
        return null;
    }

    private Workload? Find(int pid)
    {
        var error = _files.Read(pid, "cgroup\0"u8, _buffer, out var text);
        if (IsGone(error)) return null;
        var owner = CgroupOwner.Nobody;
        if (error != Errno.None) meter.CountUnresolved(error is Errno.AccessDenied or Errno.NotPermitted ? NoDataReason.NoPermission : NoDataReason.Invalid);
        else if (!CgroupFile.TryParse(text, out owner)) meter.CountUnresolved(NoDataReason.Invalid);

        var (space, name) = owner.Manager == WorkloadOrigin.Kubernetes ? _pods.Of(owner.Id) : ("", "");
        return new Workload
        {
            Manager = owner.Manager,
            Id = owner.Id,
            Step = owner.Step,
            Container = owner.Container,
            Namespace = space,
            Pod = name,
            User = User(pid),
        };
    }

    private int User(int pid)
        => _files.Read(pid, "status\0"u8, _buffer, out var text) == Errno.None && ProcStatus.TryParseUser(text, out var user) ? user : -1;

    /// <summary>The file went before it was opened, or the process while it was read.</summary>
    private static bool IsGone(Errno error) => error is Errno.NoEntry or Errno.NoProcess;

    private sealed class Owner(long start, Workload? workload)
    {
        public const long NeverSeen = -1;

        public long Start => start;

        /// <summary>Null while it was never seen.</summary>
        public Workload? Workload => workload;

        public uint Round { get; set; }
    }
}

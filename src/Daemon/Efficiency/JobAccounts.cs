using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>The jobs seen within a day, at most 256 (1.4 MB): the one that was not seen for longest makes room, and is counted.</summary>
internal sealed class JobAccounts
{
    public const int Most = 256;

    private const double Day = 86400;

    private readonly Lock _gate = new();
    private readonly Dictionary<JobKey, JobAccount> _jobs = [];
    private long _forgotten;

    /// <summary>Those that made room since the agent started, though they were seen within the day.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    public IReadOnlyList<JobAccount> All
    {
        get { lock (_gate) return [.. _jobs.Values]; }
    }

    /// <summary>The account of a workload's job, made when it is new.</summary>
    public JobAccount Open(Workload workload, double now)
    {
        lock (_gate)
        {
            var key = JobKey.Of(workload);
            if (_jobs.TryGetValue(key, out var known)) return known;
            if (_jobs.Count >= Most)
            {
                Forget(_jobs.Values.MinBy(job => job.LastSeen)!);
                Interlocked.Increment(ref _forgotten);
            }

            return _jobs[key] = new JobAccount(workload, now);
        }
    }

    /// <summary>Lets those go that were not seen for a day.</summary>
    public void Prune(double now)
    {
        lock (_gate)
        {
            foreach (var job in _jobs.Values.Where(job => job.LastSeen <= now - Day).ToList()) Forget(job);
        }
    }

    private void Forget(JobAccount job)
    {
        job.IsForgotten = true;
        _jobs.Remove(JobKey.Of(job.Workload));
    }
}

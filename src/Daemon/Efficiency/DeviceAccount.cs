using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>
/// The account of one device: each fast sample closes the time since the one before it, unless that was too long ago to say what was then.
/// The workloads that are on the device share it in equal parts. Allocates only when other workloads came.
/// </summary>
internal sealed class DeviceAccount
{
    private Observation? _last;
    private ImmutableArray<DeviceWorkload> _workloads = [];
    private JobAccount[] _jobs = [];
    private bool _hasBegun;

    public UsageHistory History { get; } = new();

    /// <summary>True once its utilisation was read.</summary>
    public bool HasBegun => Volatile.Read(ref _hasBegun);

    /// <summary>Takes a fast sample that was believed; for the assessment's thread alone.</summary>
    public void Take(Sample sample, ImmutableArray<DeviceWorkload> workloads, NodeAccounts node)
    {
        var now = Observation.Of(sample, node.Clock.At(sample.Arrived), workloads);
        if (!double.IsNaN(now.Utilization)) Volatile.Write(ref _hasBegun, true);
        if (_last is { } before && now.Time > before.Time && now.Time - before.Time <= node.LongestGap.TotalSeconds)
            Book(now.Since(in before), before.Time, now.Time, workloads, node.Jobs);
        _last = now;
    }

    private void Book(UsageSums sums, double from, double until, ImmutableArray<DeviceWorkload> workloads, JobAccounts jobs)
    {
        History.Add(in sums, from, until);
        if (!SameWorkloads.Are(_workloads, workloads) || IsAnyForgotten()) Open(workloads, jobs, until);
        _workloads = workloads;
        if (_jobs.Length == 0) return;
        var share = sums * (1.0 / _jobs.Length);
        foreach (var job in _jobs) job.Add(in share, from, until);
    }

    // Of its own, since its closure is made where its parameters are: at each sample, were it part of the booking.
    private void Open(ImmutableArray<DeviceWorkload> workloads, JobAccounts jobs, double now)
        => _jobs = [.. workloads.Select(one => jobs.Open(one.Workload, now)).Distinct()];

    private bool IsAnyForgotten()
    {
        foreach (var job in _jobs)
        {
            if (job.IsForgotten) return true;
        }

        return false;
    }
}

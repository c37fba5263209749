using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>A move on a test cluster, looked at once a second. Its journal is what a controller that is started again would find.</summary>
internal sealed class TestMove
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public TestMove(TestCluster cluster, int[] targets, int[] destinations)
    {
        Cluster = cluster;
        Journal =
        [
            new()
            {
                Incident = 7, Epoch = 3, Job = cluster.Job!.Id, User = cluster.Job.User, Contract = cluster.Job.Contract, RestartsBefore = cluster.Job.Restarts, Cards = cluster.Job.Cards, RanSince = cluster.Job.Started,
                Targets = [.. targets.Select(TestCluster.Node)], Destinations = [.. destinations.Select(TestCluster.Node)], StepSince = cluster.Now,
            },
        ];
    }

    public TestCluster Cluster { get; }

    public List<JobRecovery> Journal { get; }

    public JobRecovery Now => Journal[^1];

    public RecoveryTimes Times { get; init; } = new();

    /// <summary>Where a wanted new placement comes from; none when it answers null.</summary>
    public Func<int[]?> Place { get; init; } = () => null;

    /// <summary>Which acts, by their number, are killed before they are done: the journal stands, the deed is missing.</summary>
    public HashSet<int> KilledBefore { get; } = [];

    private int _acts;

    /// <summary>One look: journal first, then deeds.</summary>
    public TestMove Look()
    {
        var move = RecoveryMachine.Next(Now, Cluster.See(), Times, Cluster.Now);
        if (move.NeedsPlace && Place() is { } nodes) move = new(Now.To([.. nodes.Select(TestCluster.Node)], Cluster.Now), []);
        if (move.After != Now) Journal.Add(move.After);
        foreach (var act in move.Acts)
        {
            if (KilledBefore.Contains(_acts++)) break;
            Cluster.Do(act);
        }

        return this;
    }

    /// <summary>Looks until it stands at this step, at most an hour.</summary>
    public TestMove Until(RecoveryStep step)
    {
        for (var seconds = 0; seconds < 3600 && Now.Step != step; seconds++)
        {
            Look();
            Cluster.Pass(Period);
        }

        Assert.Equal(step, Now.Step);
        return this;
    }

    public TestMove ToItsEnd() => Until(RecoveryStep.Closed);

    /// <summary>Nothing that we did is left behind: no hold, no job that waits for us, no job under our hold.</summary>
    public TestMove LeavesNothingBehind()
    {
        Assert.Empty(Cluster.Holds);
        Assert.True(Cluster.Job is null or { Reservation: "", Phase: not Forewarn.Controller.Jobs.JobPhase.Held }, $"{Cluster.Job}");
        return this;
    }

    public IEnumerable<T> Done<T>()
        where T : SchedulerAct => Cluster.Done.OfType<T>();
}

using Forewarn.Daemon.Efficiency;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Efficiency;

public class JobAccountsTests
{
    private readonly JobAccounts _jobs = new();

    [Fact]
    public void Steps_and_containers_are_one_job()
    {
        var slurm = _jobs.Open(MeasuredCard.Job("7", step: "0").Workload, 1);
        Assert.Same(slurm, _jobs.Open(MeasuredCard.Job("7", step: "1").Workload, 2));
        var pod = new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "7", Container = "a" };
        Assert.Same(_jobs.Open(pod, 1), _jobs.Open(pod with { Container = "b" }, 1));
        Assert.Equal(2, _jobs.All.Count);
    }

    [Fact]
    public void A_pod_whose_containers_run_as_several_users_is_one_job()
    {
        var pod = new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "7", Container = "a", User = 0 };
        Assert.Same(_jobs.Open(pod, 1), _jobs.Open(pod with { Container = "b", User = 1000 }, 1));
    }

    [Fact]
    public void Bare_processes_are_told_apart_by_their_user()
    {
        var bare = new Workload { Manager = WorkloadOrigin.None, Id = "", User = 1000 };
        Assert.NotSame(_jobs.Open(bare, 1), _jobs.Open(bare with { User = 1001 }, 1));
    }

    [Fact]
    public void The_one_not_seen_for_longest_makes_room_and_is_counted()
    {
        for (var i = 0; i < JobAccounts.Most; i++) _jobs.Open(MeasuredCard.Job($"{i}").Workload, i);
        var first = _jobs.Open(MeasuredCard.Job("0").Workload, 999);
        first.Add(default, 999, 1000);
        _jobs.Open(MeasuredCard.Job("new").Workload, 1001);
        Assert.Equal((JobAccounts.Most, 1), (_jobs.All.Count, _jobs.Forgotten));
        Assert.DoesNotContain(_jobs.All, job => job.Workload.Id == "1");
        Assert.False(first.IsForgotten);
    }

    [Fact]
    public void After_a_day_a_job_goes_and_that_is_no_loss()
    {
        var old = _jobs.Open(MeasuredCard.Job("1").Workload, 1000);
        _jobs.Open(MeasuredCard.Job("2").Workload, 1001);
        _jobs.Prune(1000 + 86_400);
        Assert.Equal("2", Assert.Single(_jobs.All).Workload.Id);
        Assert.True(old.IsForgotten);
        Assert.Equal(0, _jobs.Forgotten);
    }
}

using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Guards;

/// <summary>In each of these one guard, and nothing else, prevents what would otherwise be done.</summary>
public class GuardTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20000);

    private GuardView _view = new()
    {
        Now = Now,
        Settings = new() { Mode = ActionMode.Auto },
        Cluster = new()
        {
            At = Now,
            Jobs = ImmutableDictionary<string, ClusterJob>.Empty,
            Nodes = Enumerable.Range(1, 100).Select(number => new ClusterNode { Name = $"n{number}", Phase = NodePhase.InService, Partitions = ["gpu"] }).ToImmutableDictionary(node => node.Name),
        },
    };

    private Proposal _proposal = new(
        new() { Id = 1, Node = "n1", Device = new("GPU-1"), Opened = Now, Rule = "row-remap-failed", Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware), State = HealthState.Failing },
        "gpu",
        new()
        {
            Id = "41",
            User = "ada",
            Partition = "gpu",
            Kind = JobKind.Batch,
            Phase = JobPhase.Running,
            CanRequeue = true,
            Nodes = [new("n1", [], HoldsAll: true)],
            Contract = new() { IsDeclared = true, AnswersRequests = true },
        },
        Alternative.MoveNow);

    [Fact]
    public void With_nothing_against_it_it_is_done() => Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));

    [Fact]
    public void Each_guard_has_its_test_here()
    {
        var tested = typeof(GuardTests).GetMethods().Select(method => method.Name).ToList();
        Assert.All(Guard.All, guard => Assert.Contains($"Guard_{guard.Name.Replace('-', '_')}", tested));
    }

    [Fact]
    public void Guard_repair_budget()
    {
        _view = _view with { RepairsOf = node => node == "n1" ? [Now.AddDays(-6), Now.AddDays(-1)] : [], Settings = _view.Settings with { RepairMode = ActionMode.Auto } };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        _proposal = _proposal with { Job = null, Alternative = Alternative.DrainAndLetEnd, IsRepair = true };
        RefusedBy("repair-budget", "2 times within a week");
        _view = _view with { RepairsOf = _ => [Now.AddDays(-8), Now.AddDays(-1)] };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
    }

    [Theory]
    [InlineData(ActionMode.Auto, ActionMode.Observe, "only observed")]
    [InlineData(ActionMode.Auto, ActionMode.Approve, "approval")]
    [InlineData(ActionMode.Approve, ActionMode.Auto, "approval")]
    [InlineData(ActionMode.Observe, ActionMode.Auto, "only observed")]
    [InlineData(ActionMode.Auto, ActionMode.Auto, null)]
    public void A_repair_goes_as_far_as_both_modes_let(ActionMode mode, ActionMode repair, string? says)
    {
        _view = _view with { Settings = _view.Settings with { Mode = mode, RepairMode = repair } };
        _proposal = _proposal with { Job = null, Alternative = Alternative.DrainAndLetEnd, IsRepair = true };
        if (says is null) Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        else RefusedBy("mode", says);
    }

    [Fact]
    public void Guard_stale_sight()
    {
        _view = _view with { Cluster = _view.Cluster! with { At = Now.AddSeconds(-61) } };
        RefusedBy("stale-sight", "61 s ago");
        _view = _view with { Cluster = null };
        Assert.Equal("stale-sight", Guard.Refusal(Guard.All, _proposal, _view)!.Value.Guard); // and no other guard is asked about a cluster that nobody has seen
    }

    [Fact]
    public void Guard_unknown_state()
    {
        Node("n1", node => node with { Phase = NodePhase.Unknown });
        RefusedBy("unknown-state", "n1");
        Node("n1", node => node with { Phase = NodePhase.Maintenance });
        RefusedBy("unknown-state", "maintenance");
        Node("n1", node => node with { Phase = NodePhase.InService });
        _proposal = _proposal with { Incident = _proposal.Incident with { State = HealthState.Unknown } };
        RefusedBy("unknown-state", "silent");
        _proposal = _proposal with { Incident = _proposal.Incident with { Node = "n1000" } };
        RefusedBy("unknown-state", "no node n1000");
    }

    [Fact]
    public void A_node_that_agent_and_scheduler_have_both_lost_is_gone()
    {
        Node("n1", node => node with { Phase = NodePhase.Down });
        _proposal = _proposal with { Incident = _proposal.Incident with { State = HealthState.Unknown } };
        _view = _view with { SilentNodes = ["n1"] };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
    }

    [Fact]
    public void Guard_opt_out()
    {
        Job(job => job with { Contract = new() { IsDeclared = true, IsOff = true } });
        RefusedBy("opt-out", "forewarn=off");
    }

    [Fact]
    public void Guard_unmovable_job()
    {
        Job(job => job with { CanRequeue = false });
        RefusedBy("unmovable-job", "not to be started anew");
        Job(job => job with { CanRequeue = true, Kind = JobKind.Interactive });
        RefusedBy("unmovable-job", "interactive");
        Job(job => job with { Kind = JobKind.Heterogeneous, Leader = "40" });
        RefusedBy("unmovable-job", "40");
    }

    [Fact]
    public void Guard_people()
    {
        _view = _view with { HeldByPeople = ["n1"] };
        RefusedBy("people", "n1");
    }

    [Fact]
    public void Guard_foreign_drain()
    {
        Node("n1", node => node with { Phase = NodePhase.Draining, Reason = "hans: fan" });
        RefusedBy("foreign-drain", "hans: fan");
        Node("n1", node => node with { Reason = "forewarn[1/1]: x" });
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
    }

    [Fact]
    public void Guard_software()
    {
        _view = _view with { Software = _ => "31 on n1 and n2 within 2 s" };
        RefusedBy("software", "31 on");
    }

    [Fact]
    public void Guard_fleet_trouble()
    {
        _view = _view with { Fleet = _ => "3 nodes of leaf s1" };
        RefusedBy("fleet-trouble", "leaf s1");
        _proposal = _proposal with { IsApproved = true };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
    }

    [Fact]
    public void Guard_drained_share()
    {
        Out(4);
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        Out(5);
        RefusedBy("drained-share", "5 of 100 nodes of partition gpu");
    }

    [Fact]
    public void Guard_domain_share()
    {
        _view = _view with { Domains = node => node is "n1" or "n99" or "n100" ? [new("leaf s1", ["n1", "n99", "n100", "gone"])] : [] };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        Out(1);
        RefusedBy("domain-share", "leaf s1");
    }

    [Fact]
    public void Guard_restart_budget()
    {
        _view = _view with { RestartsOf = _ => [Now.AddHours(-1), Now.AddHours(-2), Now.AddHours(-25)] };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        Job(job => job with { Contract = job.Contract with { Restarts = 2 } });
        RefusedBy("restart-budget", "2 times");
    }

    [Fact]
    public void Guard_drain_rate()
    {
        _view = _view with { Drains = [.. Enumerable.Repeat(Now.AddMinutes(-1), 9), Now.AddMinutes(-6)] };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
        _view = _view with { Drains = _view.Drains.Add(Now) };
        RefusedBy("drain-rate", "10 nodes");
    }

    [Fact]
    public void Guard_mode()
    {
        _view = _view with { Settings = new() };
        RefusedBy("mode", "only observed");
        _view = _view with { Settings = new() { Modes = ImmutableDictionary<string, ActionMode>.Empty.Add("gpu", ActionMode.Approve) } };
        RefusedBy("mode", "approval");
        _proposal = _proposal with { IsApproved = true };
        Assert.Null(Guard.Refusal(Guard.All, _proposal, _view));
    }

    private void RefusedBy(string name, string says)
    {
        var refused = Guard.All.Select(guard => (guard.Name, Why: guard.Refuse(_proposal, _view))).Where(refusal => refusal.Why is not null).ToList();
        var (guard, why) = Assert.Single(refused);
        Assert.Equal(name, guard);
        Assert.Contains(says, why, StringComparison.Ordinal);
        Assert.Equal(refused[0], Guard.Refusal(Guard.All, _proposal, _view)!.Value);
    }

    private void Out(int nodes)
    {
        for (var number = 0; number < nodes; number++) Node($"n{100 - number}", node => node with { Phase = NodePhase.Drained, Reason = "hans" });
    }

    private void Node(string name, Func<ClusterNode, ClusterNode> change)
        => _view = _view with { Cluster = _view.Cluster! with { Nodes = _view.Cluster.Nodes.SetItem(name, change(_view.Cluster.Nodes[name])) } };

    private void Job(Func<ClusterJob, ClusterJob> change) => _proposal = _proposal with { Job = change(_proposal.Job!) };
}

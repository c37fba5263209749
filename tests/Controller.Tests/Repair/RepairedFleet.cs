using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Tests.Coordination;
using Forewarn.Controller.Tests.Recovery;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Repair;

/// <summary>A fleet of eight whose node n5 falls ill, and is drained as nobody is on it. What was repaired is well, with another boot, unless a test says otherwise.</summary>
internal sealed class RepairedFleet
{
    public const string Rule = "row-remap-pending";

    public RepairedFleet(RepairAction action = RepairAction.RebootNode, string command = "", string validation = "/site/validate")
    {
        Fleet = new TestFleet(8, 1, 2);
        Fleet.Settings = Fleet.Settings with
        {
            Guards = Fleet.Settings.Guards with { RepairMode = ActionMode.Auto },
            Repair = new() { Command = command, Validation = validation, User = "forewarn", Probation = TimeSpan.FromMinutes(30) },
        };
        Cluster.Empties = true;
        Fleet[5] = Fleet[5] with { BootId = "boot-1" };
        Cluster.OnRepaired = node =>
        {
            Fleet.Recover(5);
            Fleet[5] = Fleet[5] with { BootId = "boot-2" };
        };
        Action = action;
        Ail();
    }

    public TestFleet Fleet { get; }

    public RepairAction Action { get; }

    public TestCluster Cluster => Fleet.Cluster;

    public ClusterNode Node
    {
        get => Cluster[5];
        set => Cluster[5] = value;
    }

    public NodeRepair Repair => Fleet.State.Repairs["n5"];

    public IEnumerable<RepairStep> Steps => Fleet.Journal.OfType<JournalEntry.OfRepair>().Select(entry => entry.Repair.Step).Distinct();

    /// <summary>What was done to the cluster, by its name.</summary>
    public IEnumerable<string> Deeds => Cluster.Done.Select(act => act.GetType().Name);

    /// <summary>The card is ill, of this.</summary>
    public void Ail(string rule = Rule) => Fleet.Announce(5, rule: rule, repair: Action);

    public RepairedFleet Until(RepairStep step, int hours = 3)
    {
        for (var seconds = 0; seconds < hours * 3600 && Fleet.State.Repairs.GetValueOrDefault("n5")?.Step != step; seconds++) Fleet.Look().Cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.True(Repair.Step == step, $"{Repair}");
        return this;
    }

    public RepairedFleet Pass(int seconds)
    {
        Fleet.Pass(seconds);
        return this;
    }

    /// <summary>It is out of service by our drain, waits for people, and nothing of ours is left.</summary>
    public RepairedFleet WaitsForPeople(string because)
    {
        Until(RepairStep.People).Pass(5);
        Assert.Equal((RepairStep.People, NodePhase.Drained), (Repair.Step, Node.Phase));
        Assert.StartsWith("forewarn[", Node.Reason, StringComparison.Ordinal);
        Assert.StartsWith("waits for people: ", Repair.Why, StringComparison.Ordinal);
        Assert.Contains(because, Repair.Why, StringComparison.Ordinal);
        Assert.Empty(Cluster.Holds);
        Assert.False(Cluster.Validation is { Phase: JobPhase.Running });
        Assert.NotEmpty(Fleet.State.Open);
        return this;
    }
}

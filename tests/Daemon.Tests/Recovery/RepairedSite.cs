using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>A controller over the cluster in memory whose node n5 is to be rebooted, or repaired by the site's command; what was repaired is well, with another boot.</summary>
internal sealed class RepairedSite : IDisposable
{
    public const string Node = "n5";

    private static readonly TimeSpan Probation = TimeSpan.FromMinutes(20);

    public RepairedSite(KillPoints points, string command = "")
    {
        Controller.Settings = new()
        {
            Guards = new() { Mode = ActionMode.Auto, RepairMode = ActionMode.Auto, MaxDrainedShare = 1, MaxDrainedShareOfDomain = 1 },
            Repair = new() { Command = command, Validation = "/site/validate", User = "root", Probation = Probation },
        };
        Controller.Cluster.OnRepaired = node => Controller.Mend(node, "boot-2");
        Controller.Mend(Node, "boot-1");
        Controller.Announce(Node, repair: RepairAction.RebootNode);
        Controller.Start(points);
    }

    public TestController Controller { get; } = new();

    public ControllerState State => Controller.Runner.State;

    public NodeRepair? Repair => State.Repairs.GetValueOrDefault(Node);

    public ClusterNode Seen => Controller.Cluster[Node];

    /// <summary>Till it holds; when the controller is killed another takes its place, and with it ends what it ran.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        try
        {
            await Controller.UntilAsync(holds);
        }
        catch (KilledException)
        {
            Controller.Cluster.Runs.Clear();
            Controller.Start();
            await Controller.UntilAsync(holds);
        }
    }

    public void Dispose() => Controller.Dispose();
}

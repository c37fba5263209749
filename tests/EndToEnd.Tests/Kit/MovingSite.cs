using System.Globalization;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// A whole site on this machine: a real Slurm with nodes n1 to n5 beneath one leaf and n6 to n8 beneath another, an agent on each with a simulated node of its own, and the
/// controller to which they report and which may act.
/// </summary>
internal sealed class MovingSite : IAsyncDisposable
{
    private const string Partition = "train";

    private const string Topology = """
        SwitchName=leaf1 Nodes=n[1-5]
        SwitchName=leaf2 Nodes=n[6-8]
        SwitchName=spine Switches=leaf[1-2]

        """;

    // A heartbeat is ten seconds.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, TemporaryFolder> _nodes = [];
    private readonly Dictionary<string, AgentUnderTest> _agents = [];
    private string _mode = "auto";
    private string _repairMode = "observe";
    private int _jobs;
    private int _cards;

    private MovingSite(SlurmCluster slurm)
    {
        Slurm = slurm;
        Controller = new(Recovery, slurm.Surroundings);
        Directory.CreateDirectory(Place("nodes"));
        Repairs.Find(Place("nodes"));
    }

    public SlurmCluster Slurm { get; }

    public ControllerUnderTest Controller { get; }

    /// <summary>What the controller repairs with, once it may.</summary>
    public RepairPrograms Repairs { get; } = new();

    public static async Task<MovingSite> StartAsync()
    {
        // 30 s: the controller finds an agent silent before Slurm gives its node up, as on a real site, where Slurm takes five minutes.
        var site = new MovingSite(await SlurmCluster.StartAsync(new()
        {
            Nodes = 8,
            Cards = AgentUnderTest.Gpus,
            Partitions = [Partition],
            Topology = Topology,
            HealthEvery = 0,
            Settings = ["SlurmdTimeout=30"],
        }));
        try
        {
            await site.Controller.StartAsync();
            foreach (var node in site.Slurm.Nodes) await site.StartAgentAsync(node); // one after the other: eight at once would be slower
            await site.UntilAllWellAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>The agent of a node.</summary>
    public AgentUnderTest Agent(string node) => _agents[node];

    /// <summary>Where a node's agent puts down what a job is asked for.</summary>
    public string RequestFile(string node, string job) => Path.Join(_nodes[node].Path, "run", "jobs", job, "request");

    /// <summary>How far the controller may go from now on: auto, as at first, or approve.</summary>
    public Task ModeAsync(string mode)
    {
        _mode = mode;
        return Controller.ReloadAsync(Recovery);
    }

    /// <summary>How far it may go with repairs from now on: observe, as at first, or auto.</summary>
    public Task RepairsAsync(string mode)
    {
        _repairMode = mode;
        return Controller.ReloadAsync(Recovery);
    }

    /// <summary>A four-node job that trains; returns when it has counted some steps beneath the first leaf.</summary>
    /// <param name="flavour">What it does when it is asked.</param>
    /// <param name="every">Steps between two checkpoints for which nobody asks; by default it would take minutes to the first.</param>
    public async Task<TrainingJob> TrainAsync(string flavour, int every = TrainingJob.Seldom)
    {
        await Controller.ForgetAsync();
        var folder = Place($"job{++_jobs}");
        Directory.CreateDirectory(folder);
        var jobs = Path.Join(Repository.Root, "tests", "EndToEnd.Tests", "jobs");
        var environment = new Dictionary<string, string> { ["FOREWARN"] = Product.Program, ["FOREWARN_JOBS"] = jobs, ["FOREWARN_NODES"] = Place("nodes") };
        // A week, and no word of when it saves: then to wait costs more than to move.
        string[] words =
        [
            "--nodes=4", "--ntasks-per-node=1", $"--gres=gpu:{AgentUnderTest.Gpus}", "--time=7-0", "--requeue", "--open-mode=append",
            $"--output={folder}/output", .. TrainingJob.Declared(flavour, folder), Path.Join(jobs, "train.sh"), folder, flavour, every.ToString(CultureInfo.InvariantCulture),
        ];
        var id = await Slurm.SubmitAsync(environment, words);
        var job = new TrainingJob(Slurm, id, folder);
        var run = await job.UntilItCountsAsync(1, 20, Start);
        Assert.All(run.Nodes, node => Assert.Contains(node, Leaf));
        // On its nodes it is the job that works, and on the others none.
        foreach (var node in Slurm.Nodes) await Agent(node).InjectAsync(run.Nodes.Contains(node) ? $"gpu * job slurm {id}" : "gpu * job none");
        return job;
    }

    /// <summary>A job that wants more nodes than are free, and so those of the other as soon as they are.</summary>
    public async Task<string> QueueRivalAsync()
    {
        var id = await Slurm.SubmitAsync(
            new Dictionary<string, string>(), "--nodes=5", $"--gres=gpu:{AgentUnderTest.Gpus}", "--output=/dev/null", "--wrap=sleep 600");
        await Eventually.TrueAsync(async () => await Slurm.JobStateAsync(id) == "PENDING", Start, "the second job waits");
        return id;
    }

    /// <summary>The leaf beneath which jobs of four nodes run.</summary>
    public static IReadOnlyList<string> Leaf => ["n1", "n2", "n3", "n4", "n5"];

    /// <summary>A card of this node is about to fail: a row waits for its spare, and more and more errors are corrected.</summary>
    public async Task AnnounceAsync(string node)
    {
        await InjectAsync(node, "gpu 3 ecc.dram.corrected rate 20/s for 30s");
        await InjectAsync(node, "gpu 3 row_remap.pending set 1");
    }

    /// <summary><c>forewarn simulate inject</c> on this node.</summary>
    public Task InjectAsync(string node, string fault) => OnNodeAsync(node, ["simulate", "inject", fault]);

    /// <summary>What a technician does about a node that is broken: it gets other cards, and takes work again.</summary>
    public async Task ReplaceAsync(string node)
    {
        await StopAgentAsync(node);
        await StartAgentAsync(node);
        await ReturnAsync(node);
    }

    /// <summary>The node is gone at once, as if without power: its agent and Slurm's daemon fall silent, what ran there stands still, and no connection is closed.</summary>
    public void Lose(string node)
    {
        Slurm.Freeze(node);
        Agent(node).Program.Signal(Processes.Stop);
    }

    /// <summary>It is there again, as after a start, and somebody has looked at it.</summary>
    public async Task FindAsync(string node)
    {
        await Slurm.ThawAsync(node);
        await StopAgentAsync(node);
        await StartAgentAsync(node);
        await Slurm.UntilNodeAsync(node, "drained", Start); // the controller saw to it: it would else take work as soon as it is back
        await ReturnAsync(node);
    }

    /// <summary>No job is left, every node is well and takes work, and the controller may go as far as at first.</summary>
    public async Task ClearAsync()
    {
        (_mode, _repairMode) = ("auto", "observe");
        await Controller.ReloadAsync(Recovery);
        foreach (var id in await Slurm.JobsAsync()) await Slurm.CancelAsync(id);
        foreach (var ill in (await Controller.NodesAsync()).Where(node => !IsWell(node)).ToList())
        {
            await StopAgentAsync(ill.Name);
            await StartAgentAsync(ill.Name);
        }

        foreach (var node in Slurm.Nodes)
        {
            if ((await Slurm.NodeAsync(node)).State is "drained" or "draining") await Slurm.ControlAsync("update", $"nodename={node}", "state=resume");
        }
    }

    /// <summary>Every node is heard and well.</summary>
    public async Task UntilAllWellAsync()
    {
        IReadOnlyList<FleetNodeAnswer> seen = [];
        await Eventually.TrueAsync(
            async () => (seen = await Controller.NodesAsync()).Count(IsWell) == Slurm.Nodes.Count(),
            Start, "every node is heard and well", () => $"{string.Join('\n', seen)}\n{Controller.Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Slurm.DisposeAsync(); // the jobs first: they ask the agents' folders
        }
        finally
        {
            await Controller.DisposeAsync();
            foreach (var node in _agents.Keys.ToList()) await StopAgentAsync(node);
            foreach (var folder in _nodes.Values) folder.Dispose(); // of an agent that did not start
            Repairs.Dispose();
            _folder.Dispose();
        }
    }

    // A look each 5 s: what no agent tells, a node that is gone, is found sooner. A job that saves nothing counts as getting on after ten seconds.
    private string Recovery => $"""
        MissedHeartbeats=2
        [Recovery]
        Scheduler=slurm
        PartitionModes={Partition}:{_mode}
        LookEvery=5s
        ProgressTime=10s
        RepairMode={_repairMode}
        RepairCommand={Repairs.Repair}
        ValidationCommand={Repairs.Validation}
        ProbationTime=10s

        """;

    private static bool IsWell(FleetNodeAnswer node) => node is { Current: true, State: "Healthy" or "Watch" };

    private string Place(string name) => Path.Join(_folder.Path, name);

    private async Task StartAgentAsync(string node)
    {
        var folder = new TemporaryFolder();
        _nodes[node] = folder;
        // Each has cards of its own, as the seed makes their serials.
        var cards = _folder.Write($"{node}.scenario", $"profile h100-8\nseed {++_cards}\n");
        var link = Path.Join(Place("nodes"), node);
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Join(folder.Path, "run"));
        _agents[node] = await AgentUnderTest.StartAsync(new AgentStart
        {
            Simulate = cards,
            Folder = folder,
            Settings =
            [
                $"Agent.NodeName={node}", $"Reports.Url={Controller.Url}", $"Reports.TokenFile={await Controller.TokenFileAsync(node)}", "Slurm.Maintenance=no",
                "Sampling.Slow=2s", // what a row waits for is read with the slow signals
            ],
        });
    }

    private async Task StopAgentAsync(string node)
    {
        var agent = _agents[node];
        _agents.Remove(node);
        if (agent.Program.IsRunning) agent.Program.Signal(Processes.Continue); // where a test left it frozen
        await agent.DisposeAsync();
        _nodes[node].Dispose();
        _nodes.Remove(node);
    }

    private async Task ReturnAsync(string node)
    {
        await Slurm.ControlAsync("update", $"nodename={node}", "state=resume");
        await Slurm.UntilNodeAsync(node, "idle", Start);
        await UntilAllWellAsync();
    }

    private async Task OnNodeAsync(string node, string[] words)
    {
        await using var command = await RealProgram.RunAsync(Product.Program, [.. words, "--socket", Agent(node).SocketPath], "", TimeSpan.FromSeconds(20));
        Assert.True(await command.Ended == 0, $"{string.Join(' ', words)} on {node}: {command.Output}{command.Errors}");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// The Slurm that Debian ships, all of it on this machine, as the test's own user and on the loopback alone: munged, slurmctld and a slurmd for each node, six in one
/// partition unless told otherwise. slurmd runs <see cref="Health"/> every second and <see cref="Prolog"/> before a job, with the bare environment that it gives such
/// programs. When the test ends, so do the jobs, and with them the slurmstepds, which would outlive their slurmd.
/// </summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan JobsEnd = TimeSpan.FromSeconds(15);

    private readonly SlurmLayout _layout;
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, RealProgram> _nodes = [];
    private RealProgram? _munged;
    private RealProgram? _controller;

    private SlurmCluster(SlurmLayout layout)
    {
        _layout = layout;
        Directory.CreateDirectory(Place("state"));
        foreach (var node in Nodes)
        {
            Directory.CreateDirectory(Path.Join(_folder.Path, "spool", node));
            // One of its own: by the file that it runs a node's slurmstepd is told from those of others, and from those of another cluster.
            Directory.CreateDirectory(StepFolder(node));
            File.Copy(DebianPackage.Path("slurmstepd", "slurmd"), StepProgram(node));
        }

        // munged wants its socket reachable by all, and its key readable by itself alone.
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        Configuration = _folder.Write("slurm.conf", Text());
        if (layout.Topology.Length > 0) _folder.Write("topology.conf", layout.Topology);
        if (layout.Cards > 0) _folder.Write("gres.conf", Cards());
        Health = Script("health", "exit 0");
        Prolog = Script("prolog", "exit 0");
        Script("reboot", "exit 0");
    }

    /// <summary>SLURM_CONF.</summary>
    public string Configuration { get; }

    /// <summary>The names of all nodes.</summary>
    public IEnumerable<string> Nodes => Enumerable.Range(1, _layout.Nodes).Select(i => $"n{i}");

    /// <summary>What a program needs to find this cluster.</summary>
    public Dictionary<string, string> Surroundings => new() { ["SLURM_CONF"] = Configuration };

    public string Health { get; }

    public string Prolog { get; }

    /// <summary>A file of the cluster's folder.</summary>
    public string Place(string name) => Path.Join(_folder.Path, name);

    public static async Task<SlurmCluster> StartAsync(SlurmLayout? layout = null)
    {
        var cluster = new SlurmCluster(layout ?? new());
        try
        {
            await cluster.StartAllAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A script for slurmd; whoever runs it next gets it whole.</summary>
    public string Script(string name, string body)
    {
        var draft = _folder.Write(name + ".new", "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(draft, Place(name), overwrite: true);
        return Place(name);
    }

    /// <summary>scontrol, as the cluster's administrator.</summary>
    public Task ControlAsync(params string[] words) => AskAsync("scontrol", words);

    /// <summary>What one of Slurm's programs prints; a refusal fails the test.</summary>
    public async Task<string> AskAsync(string program, params string[] words)
    {
        await using var running = await RunAsync(program, words);
        Assert.True(await running.Ended == 0, $"{program} {string.Join(' ', words)}: {running.Output}{running.Errors}");
        return running.Output.Trim();
    }

    /// <summary>A node's state, with its flags, and the reason for it.</summary>
    public async Task<(string State, string Reason)> NodeAsync(string name)
    {
        await using var sinfo = await RunAsync("sinfo", ["--noheader", "--Node", "--nodes=" + name, "--format=%T|%E"]);
        Assert.True(await sinfo.Ended == 0, sinfo.Errors);
        var fields = sinfo.Output.Trim().Split('\n')[0].Split('|', 2); // a line for each partition
        return (fields[0].TrimEnd('*'), fields[1]); // a slurmd that has not answered for a moment, which a busy machine does not for some
    }

    public async Task UntilNodeAsync(string name, string state, TimeSpan within)
    {
        var seen = ("", "");
        await Eventually.TrueAsync(async () => (seen = await NodeAsync(name)).Item1 == state, within, $"{name} is {state}", () => $"{seen}\n{_controller?.Errors}");
    }

    /// <summary>A job of one task on this node; it runs, or waits for its time.</summary>
    public RealProgram Job(string node, params string[] command) => RealProgram.Start("srun", ["--nodelist=" + node, .. command], Surroundings);

    /// <summary>sbatch; gives the job's number.</summary>
    public async Task<string> SubmitAsync(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var surroundings = Surroundings;
        foreach (var (name, value) in environment) surroundings[name] = value;
        await using var sbatch = RealProgram.Start("sbatch", ["--parsable", .. words], surroundings);
        Assert.True(await sbatch.Ended.WaitAsync(Patience, TimeProvider.System) == 0, sbatch.Errors);
        return sbatch.Output.Trim();
    }

    /// <summary>How a job stands, in Slurm's word; empty when it is not known any more.</summary>
    public async Task<string> JobStateAsync(string id)
    {
        var jobs = await AskAsync("squeue", "--noheader", "--states=all", "--format=%i|%T");
        return jobs.Split('\n').Select(line => line.Split('|')).FirstOrDefault(job => job[0] == id)?[1] ?? "";
    }

    /// <summary>The numbers of all jobs that have not ended.</summary>
    public async Task<IReadOnlyList<string>> JobsAsync() =>
        (await AskAsync("squeue", "--noheader", "--format=%i")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The nodes that a job must have; empty when it names none.</summary>
    public async Task<IReadOnlyList<string>> RequiredNodesAsync(string id)
    {
        var jobs = await AskAsync("squeue", "--noheader", "--format=%i|%n");
        var required = jobs.Split('\n').Select(line => line.Split('|')).Single(job => job[0] == id)[1];
        return required.Length == 0 ? [] : (await AskAsync("scontrol", "show", "hostnames", required)).Split('\n');
    }

    /// <summary>Ends a job, if it has not ended; returns when it is off its nodes.</summary>
    public async Task CancelAsync(string id)
    {
        await using var cancel = await RunAsync("scancel", [id]);
        var state = "";
        await Eventually.TrueAsync(
            async () => (state = await JobStateAsync(id)) is "" or "CANCELLED" or "COMPLETED" or "FAILED", TimeSpan.FromSeconds(40), $"job {id} has ended", () => state);
    }

    /// <summary>slurmctld is there and says nothing.</summary>
    public void Hang() => _controller!.Signal(Processes.Stop);

    public void GoOn() => _controller!.Signal(Processes.Continue);

    /// <summary>As if the node had lost its power: nothing of Slurm's answers there, and no connection is closed.</summary>
    public void Freeze(string node)
    {
        _nodes[node].Signal(Processes.Stop);
        foreach (var pid in Steps(StepFolder(node))) Processes.Signal(pid, Processes.Stop);
    }

    /// <summary>The node is there again, as after a start; what ran there is not.</summary>
    public async Task ThawAsync(string node)
    {
        await _nodes[node].DisposeAsync();
        foreach (var pid in Steps(StepFolder(node))) Processes.Signal(pid, Processes.Kill);
        StartNode(node);
    }

    public async Task KillControllerAsync()
    {
        await _controller!.DisposeAsync();
        _controller = null;
    }

    public Task StartControllerAsync()
    {
        _controller = RealProgram.Start(DebianPackage.Path("slurmctld", "slurmctld"), ["-D"], Surroundings);
        return Eventually.TrueAsync(async () =>
        {
            await using var sinfo = await RunAsync("sinfo", ["--noheader", "--states=idle,maint,drain", "--Node", "--format=%N"]);
            return sinfo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count() == _layout.Nodes; // a line for each partition
        }, TimeSpan.FromSeconds(30), "every node has come", () => _controller.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndJobsAsync();
        }
        finally
        {
            if (_controller is not null) await _controller.DisposeAsync();
            foreach (var node in _nodes.Values) await node.DisposeAsync();
            if (_munged is not null) await _munged.DisposeAsync();
            foreach (var pid in Steps(Place("sbin"))) Processes.Signal(pid, Processes.Kill);
            _folder.Dispose();
        }
    }

    private async Task StartAllAsync()
    {
        var key = Place("key");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _munged = RealProgram.Start(DebianPackage.Path("munged", "munge"),
        [
            "--foreground", "--key-file=" + key, "--socket=" + Place("munge"), "--pid-file=" + Place("munge.pid"), "--log-file=" + Place("munge.log"),
            "--seed-file=" + Place("munge.seed"),
        ]);
        await Eventually.TrueAsync(() => File.Exists(Place("munge")), TimeSpan.FromSeconds(10), "munged listens: " + _munged.Errors);
        foreach (var node in Nodes) StartNode(node);
        await StartControllerAsync();
    }

    private void StartNode(string node)
        => _nodes[node] = RealProgram.Start(DebianPackage.Path("slurmd", "slurmd"), ["-D", "-N", node, "-d", StepProgram(node)], Surroundings);

    // Slurm is asked to end them, so that it tidies up behind them; what it leaves, as where a test broke it, is killed.
    private async Task EndJobsAsync()
    {
        if (_controller is not { IsRunning: true }) return;
        GoOn();
        await using var cancel = await RunAsync("scancel", ["--user=" + Environment.UserName]);
        var began = TimeProvider.System.GetTimestamp();
        while (Steps(Place("sbin")).Count > 0 && TimeProvider.System.GetElapsedTime(began) < JobsEnd) await Pause.ForAsync(TimeSpan.FromMilliseconds(100));
    }

    private string StepFolder(string node) => Path.Join(Place("sbin"), node);

    private string StepProgram(string node) => Path.Join(StepFolder(node), "slurmstepd");

    /// <summary>The slurmstepds whose program lies below this folder, and behind each what it runs.</summary>
    private static List<int> Steps(string folder) => [.. Processes.ThatMap(folder).SelectMany(step => (IEnumerable<int>)[step, .. Family(step)])];

    private static IEnumerable<int> Family(int parent) => Processes.ChildrenOf(parent).SelectMany(child => (IEnumerable<int>)[child, .. Family(child)]);

    public async Task<RealProgram> RunAsync(string program, IEnumerable<string> words)
    {
        var running = RealProgram.Start(program, words, Surroundings);
        await running.Ended.WaitAsync(Patience, TimeProvider.System);
        return running;
    }

    // A card is a device to Slurm; what lies behind its name nobody opens here. Made without root, who alone may make devices.
    private string Cards()
    {
        for (var i = 0; i < _layout.Cards; i++) File.CreateSymbolicLink(Place($"gpu{i}"), "/dev/null");
        return $"NodeName=n[1-{_layout.Nodes}] Name=gpu File={Place("gpu")}[0-{_layout.Cards - 1}]\n";
    }

    // NoInAddrAny, NoCtldInAddrAny: on the address that is named, and not on all. What needs root (cgroups, tasks of other users) is off.
    private string Text()
    {
        var user = Environment.UserName;
        var host = Environment.MachineName;
        var cards = _layout.Cards > 0 ? $"Gres=gpu:{_layout.Cards} " : "";
        var nodes = string.Concat(Nodes.Select(node =>
            string.Create(CultureInfo.InvariantCulture, $"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={FreePort.Next()} CPUs=1 {cards}State=UNKNOWN\n")));
        var partitions = string.Concat(_layout.Partitions.Select((name, i) => $"PartitionName={name} Nodes=n[1-{_layout.Nodes}] Default={(i == 0 ? "YES" : "NO")} State=UP\n"));
        List<string> further = [.. _layout.Settings];
        if (_layout.Cards > 0) further.Add("GresTypes=gpu");
        if (_layout.Topology.Length > 0) further.Add("TopologyPlugin=topology/tree");
        return $"""
            ClusterName=forewarn
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={FreePort.Next()}
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            AuthInfo=socket={Place("munge")}
            CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
            StateSaveLocation={Place("state")}
            SlurmdSpoolDir={Place("spool")}/%n
            SlurmctldPidFile={Place("slurmctld.pid")}
            SlurmdPidFile={Place("%n.pid")}
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            ReturnToService=1
            HealthCheckProgram={Place("health")}
            HealthCheckInterval={_layout.HealthEvery}
            Prolog={Place("prolog")}
            RebootProgram={Place("reboot")}
            {string.Join('\n', further)}
            {nodes}{partitions}
            """;
    }
}

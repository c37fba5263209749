using System.Globalization;
using System.Security.Cryptography;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// The Slurm that Debian ships, all of it on this machine, as the test's own user and on the loopback alone: munged, slurmctld and six slurmds, n1 to n6, in one
/// partition. slurmd runs <see cref="Health"/> every second and <see cref="Prolog"/> before a job, with the bare environment that it gives such programs.
/// When the test ends, so do the jobs, and with them the slurmstepds, which would outlive their slurmd.
/// </summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    private const int Nodes = 6;

    private static readonly TimeSpan JobsEnd = TimeSpan.FromSeconds(15);

    private readonly TemporaryFolder _folder = new();
    private readonly List<RealProgram> _daemons = [];
    private RealProgram? _controller;

    private SlurmCluster()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "state"));
        for (var i = 1; i <= Nodes; i++) Directory.CreateDirectory(Path.Join(_folder.Path, "spool", $"n{i}"));
        // Of its own: by the file that they run this cluster's slurmstepds are told from those of others.
        Directory.CreateDirectory(Place("sbin"));
        File.Copy(DebianPackage.Path("slurmstepd", "slurmd"), StepProgram);
        // munged wants its socket reachable by all, and its key readable by itself alone.
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        Configuration = _folder.Write("slurm.conf", Text());
        Health = Script("health", "exit 0");
        Prolog = Script("prolog", "exit 0");
        Script("reboot", "exit 0");
    }

    /// <summary>SLURM_CONF.</summary>
    public string Configuration { get; }

    public string Health { get; }

    public string Prolog { get; }

    /// <summary>A file of the cluster's folder.</summary>
    public string Place(string name) => Path.Join(_folder.Path, name);

    public static async Task<SlurmCluster> StartAsync()
    {
        var cluster = new SlurmCluster();
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
    public async Task ControlAsync(params string[] words)
    {
        await using var program = await RunAsync("scontrol", words);
        Assert.True(await program.Ended == 0, $"scontrol {string.Join(' ', words)}: {program.Output}{program.Errors}");
    }

    /// <summary>A node's state, with its flags, and the reason for it.</summary>
    public async Task<(string State, string Reason)> NodeAsync(string name)
    {
        await using var sinfo = await RunAsync("sinfo", ["--noheader", "--Node", "--nodes=" + name, "--format=%T|%E"]);
        Assert.True(await sinfo.Ended == 0, sinfo.Errors);
        var fields = sinfo.Output.Trim().Split('|', 2);
        return (fields[0].TrimEnd('*'), fields[1]); // a slurmd that has not answered for a moment, which a busy machine does not for some
    }

    public async Task UntilNodeAsync(string name, string state, TimeSpan within)
    {
        var seen = ("", "");
        await Eventually.TrueAsync(async () => (seen = await NodeAsync(name)).Item1 == state, within, $"{name} is {state}", () => $"{seen}\n{_controller?.Errors}");
    }

    /// <summary>A job of one task on this node; it runs, or waits for its time.</summary>
    public RealProgram Job(string node, params string[] command) => RealProgram.Start("srun", ["--nodelist=" + node, .. command], Surroundings());

    /// <summary>slurmctld is there and says nothing.</summary>
    public void Hang() => _controller!.Signal(19); // SIGSTOP

    public void GoOn() => _controller!.Signal(18); // SIGCONT

    public async Task KillControllerAsync()
    {
        await _controller!.DisposeAsync();
        _controller = null;
    }

    public Task StartControllerAsync()
    {
        _controller = RealProgram.Start(DebianPackage.Path("slurmctld", "slurmctld"), ["-D"], Surroundings());
        return Eventually.TrueAsync(async () =>
        {
            await using var sinfo = await RunAsync("sinfo", ["--noheader", "--states=idle,maint,drain", "--Node", "--format=%N"]);
            return sinfo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == Nodes;
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
            foreach (var daemon in Enumerable.Reverse(_daemons)) await daemon.DisposeAsync();
            foreach (var pid in Steps()) Processes.Signal(pid, Processes.Kill);
            _folder.Dispose();
        }
    }

    private string StepProgram => Path.Join(Place("sbin"), "slurmstepd");

    private async Task StartAllAsync()
    {
        var key = Place("key");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _daemons.Add(RealProgram.Start(DebianPackage.Path("munged", "munge"),
        [
            "--foreground", "--key-file=" + key, "--socket=" + Place("munge"), "--pid-file=" + Place("munge.pid"), "--log-file=" + Place("munge.log"),
            "--seed-file=" + Place("munge.seed"),
        ]));
        await Eventually.TrueAsync(() => File.Exists(Place("munge")), TimeSpan.FromSeconds(10), "munged listens: " + _daemons[0].Errors);
        for (var i = 1; i <= Nodes; i++)
            _daemons.Add(RealProgram.Start(DebianPackage.Path("slurmd", "slurmd"), ["-D", "-N", $"n{i}", "-d", StepProgram], Surroundings()));
        await StartControllerAsync();
    }

    // Slurm is asked to end them, so that it tidies up behind them; what it leaves, as where a test broke it, is killed.
    private async Task EndJobsAsync()
    {
        if (_controller is not { IsRunning: true }) return;
        GoOn();
        await using var cancel = await RunAsync("scancel", ["--user=" + Environment.UserName]);
        var began = TimeProvider.System.GetTimestamp();
        while (Steps().Count > 0 && TimeProvider.System.GetElapsedTime(began) < JobsEnd) await Pause.ForAsync(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>The slurmstepds, and behind each what it runs.</summary>
    private List<int> Steps() => [.. Processes.ThatMap(Place("sbin")).SelectMany(step => (IEnumerable<int>)[step, .. Family(step)])];

    private static IEnumerable<int> Family(int parent) => Processes.ChildrenOf(parent).SelectMany(child => (IEnumerable<int>)[child, .. Family(child)]);

    private async Task<RealProgram> RunAsync(string program, IEnumerable<string> words)
    {
        var running = RealProgram.Start(program, words, Surroundings());
        await running.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        return running;
    }

    private Dictionary<string, string> Surroundings() => new() { ["SLURM_CONF"] = Configuration };

    // NoInAddrAny, NoCtldInAddrAny: on the address that is named, and not on all. What needs root (cgroups, tasks of other users) is off.
    private string Text()
    {
        var user = Environment.UserName;
        var host = Environment.MachineName;
        var nodes = string.Concat(Enumerable.Range(1, Nodes).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"NodeName=n{i} NodeHostname={host} NodeAddr=127.0.0.1 Port={FreePort.Next()} CPUs=1 State=UNKNOWN\n")));
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
            HealthCheckInterval=1
            Prolog={Place("prolog")}
            RebootProgram={Place("reboot")}
            {nodes}PartitionName=gpu Nodes=n[1-{Nodes}] Default=YES State=UP

            """;
    }
}

using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// A real Slurm and a real agent with a card that fails. Each test has a node of the cluster to itself; the agent stands for any of them, since slurmd tells
/// its programs the node's name.
/// </summary>
public sealed class SlurmTests : IClassFixture<SlurmTests.Site>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly Site _site;

    public SlurmTests(Site site) => _site = site;

    private SlurmCluster Slurm => _site.Slurm;

    [DebianFact("slurmctld", "slurmctld")]
    public async Task In_mode_observe_it_says_so_and_in_mode_auto_it_drains_the_node_with_a_reason_of_ours()
    {
        var observed = await CheckAsync("n2", "Mode=observe\nMaxDrainedShare=1");
        Assert.Equal(0, observed.Code);
        Assert.Contains("would be drained", observed.Output, StringComparison.Ordinal);
        Assert.Equal("idle", (await Slurm.NodeAsync("n2")).State);

        var drained = await CheckAsync("n2", "Mode=auto\nMaxDrainedShare=1");
        Assert.Equal(2, drained.Code);
        var (state, reason) = await Slurm.NodeAsync("n2");
        Assert.Equal("drained", state);
        Assert.Matches("^forewarn: SIMULATED device 3 .* row-remap-failed$", reason);
        Assert.Contains("is drained", (await CheckAsync("n2", "Mode=auto\nMaxDrainedShare=1")).Output, StringComparison.Ordinal);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task What_a_human_drained_is_never_touched()
    {
        await Slurm.ControlAsync("update", "nodename=n3", "state=drain", "reason=ann: fan | tomorrow");
        var check = await CheckAsync("n3", "Mode=auto\nMaxDrainedShare=1");
        Assert.Equal(2, check.Code);
        Assert.Equal(("drained", "ann: fan | tomorrow"), await Slurm.NodeAsync("n3"));
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task More_of_a_partition_than_the_site_lets_is_not_drained()
    {
        var check = await CheckAsync("n6", "Mode=auto\nMaxDrainedShare=0.1");
        Assert.Equal(0, check.Code);
        Assert.Contains("of 6 nodes of partition gpu are out of service, and MaxDrainedShare=0.1 leaves no more", check.Output, StringComparison.Ordinal);
        Assert.Equal("idle", (await Slurm.NodeAsync("n6")).State);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task As_HealthCheckProgram_it_drains_though_slurmd_gives_it_no_path()
    {
        Slurm.Script("health", $"""
            [ "$SLURMD_NODENAME" = n4 ] || exit 0
            {Call("--socket", _site.Agent.SocketPath, "--config", _site.Settings("Mode=auto\nMaxDrainedShare=1"))} >>{Slurm.Place("health.out")} 2>&1
            """);
        try
        {
            await Slurm.UntilNodeAsync("n4", "drained", Soon);
            Assert.StartsWith("forewarn: SIMULATED device 3", (await Slurm.NodeAsync("n4")).Reason, StringComparison.Ordinal);
        }
        finally
        {
            Slurm.Script("health", "exit 0");
        }
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task In_a_prolog_an_agent_that_is_away_stops_no_job_unless_that_is_wanted()
    {
        Slurm.Script("prolog", $"{Call("--socket", "/nonexistent/s")} >{Slurm.Place("prolog.out")} 2>&1");
        try
        {
            await using (var job = Slurm.Job("n5", "echo", "it runs"))
            {
                Assert.Equal((0, "it runs"), (await job.Ended.WaitAsync(Soon, TimeProvider.System), job.Output.Trim()));
            }

            Assert.StartsWith("FOREWARN UNKNOWN - cannot reach the agent", await File.ReadAllTextAsync(Slurm.Place("prolog.out")), StringComparison.Ordinal);
            Assert.Equal("idle", (await Slurm.NodeAsync("n5")).State);

            Slurm.Script("prolog", Call("--socket", "/nonexistent/s", "--strict"));
            await using var held = Slurm.Job("n5", "true");
            await Eventually.TrueAsync(async () => (await Slurm.NodeAsync("n5")).State.StartsWith("drain", StringComparison.Ordinal), Soon, "slurmd drains its node");
            Assert.Equal("Prolog error", (await Slurm.NodeAsync("n5")).Reason);
        }
        finally
        {
            Slurm.Script("prolog", "exit 0");
        }
    }

    [DebianTheory("slurmctld", "slurmctld")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_controller_that_is_away_costs_two_seconds_and_the_exit_code_says_so(bool hangs)
    {
        if (hangs) Slurm.Hang();
        else await Slurm.KillControllerAsync();
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            var check = await CheckAsync("n6", "Mode=auto\nMaxDrainedShare=1");
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(12)); // a sinfo left alone takes 9 s to give up
            Assert.Equal(3, check.Code);
            Assert.Contains("not drained: sinfo did not end within 2 s", check.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await CheckAsync("n6", "Mode=auto\nMaxDrainedShare=1", job: "42")).Code);
        }
        finally
        {
            if (hangs) Slurm.GoOn();
            else await Slurm.StartControllerAsync();
        }
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_MAINT_reservation_and_a_planned_reboot_are_maintenance()
    {
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart
        {
            Settings = ["Agent.NodeName=n1.example.org", "Slurm.MaintenanceEvery=1s"],
            Environment = Variables(),
        });
        await agent.UntilAllMeasuredAsync();
        Assert.DoesNotContain("maintenance", await WordsAsync(agent), StringComparison.Ordinal);

        await Slurm.ControlAsync("create", "reservation", "reservationname=fans", "users=" + Environment.UserName, "nodes=n1", "starttime=now", "duration=60", "flags=maint,ignore_jobs");
        await UntilSaidAsync(agent, "in maintenance (a MAINT reservation)");
        await Slurm.ControlAsync("delete", "reservationname=fans");
        await UntilSaidAsync(agent, "devices healthy", without: "maintenance");

        // It waits for the job, and takes no other.
        await using var job = Slurm.Job("n1", "sleep", "120");
        await Eventually.TrueAsync(async () => (await Slurm.NodeAsync("n1")).State == "allocated", Soon, "the job runs", () => job.Errors);
        await Slurm.ControlAsync("reboot", "ASAP", "nextstate=RESUME", "reason=firmware", "n1");
        await UntilSaidAsync(agent, "in maintenance (a planned reboot)");
        await Slurm.ControlAsync("cancel_reboot", "n1");
        await UntilSaidAsync(agent, "devices healthy", without: "maintenance");
        string[] expected =
        [
            "maintenance on by Slurm: a MAINT reservation", "maintenance off: Slurm: a MAINT reservation is over",
            "maintenance on by Slurm: a planned reboot", "maintenance off: Slurm: a planned reboot is over",
        ];
        string[] told = [];
        await Eventually.TrueAsync(
            async () => (told = [.. (await agent.EventsAsync("?kind=MaintenanceChanged")).OrderBy(one => one.Id).Select(one => one.Text)]).SequenceEqual(expected),
            Soon, "each change is an event", () => string.Join('\n', told));
    }

    private static async Task UntilSaidAsync(AgentUnderTest agent, string words, string? without = null)
    {
        var seen = "";
        await Eventually.TrueAsync(
            async () => (seen = await WordsAsync(agent)).Contains(words, StringComparison.Ordinal) && (without is null || !seen.Contains(without, StringComparison.Ordinal)),
            Soon, $"the check says: {words}", () => seen);
    }

    private static async Task<string> WordsAsync(AgentUnderTest agent)
    {
        await using var check = await RealProgram.RunAsync(Product.Program, ["check", "--socket", agent.SocketPath], "", TimeSpan.FromSeconds(20));
        return check.Output;
    }

    // As a site's script calls it: slurmd gives it no PATH, and a HealthCheckProgram not even the place of its configuration.
    private string Call(params string[] further)
    {
        var runtime = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root ? $"DOTNET_ROOT={root}" : "";
        return $"export SLURM_CONF={Slurm.Configuration} {runtime}; exec {Product.Program} check --slurm {string.Join(' ', further)}";
    }

    private Dictionary<string, string> Variables() => new() { ["SLURM_CONF"] = Slurm.Configuration };

    private async Task<(int Code, string Output)> CheckAsync(string node, string settings, string job = "")
    {
        var surroundings = Variables();
        (surroundings["SLURMD_NODENAME"], surroundings["SLURM_JOB_ID"]) = (node, job);
        await using var check = RealProgram.Start(
            Product.Program, ["check", "--slurm", "--socket", _site.Agent.SocketPath, "--config", _site.Settings(settings)], surroundings);
        return (await check.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System), check.Output);
    }

    /// <summary>The cluster and the agent, started once for all of these tests.</summary>
    public sealed class Site : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private int _settings;

        internal SlurmCluster Slurm { get; private set; } = null!;

        internal AgentUnderTest Agent { get; private set; } = null!;

        /// <summary>A configuration with this section [Slurm].</summary>
        public string Settings(string slurm) => _folder.Write($"forewarn-{_settings++}.conf", $"[Slurm]\n{slurm}\n");

        public async Task InitializeAsync()
        {
            if (DebianPackage.Missing("slurmctld", "slurmctld") is not null) return; // its tests are skipped
            Slurm = await SlurmCluster.StartAsync();
            Agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=1s", "Slurm.Maintenance=no");
            await Agent.UntilAllMeasuredAsync();
            await Agent.InjectAsync("gpu 3 row_remap.failed set 1");
            await Agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(20), "it is failing", device => device.Assessment?.State == "Failing");
        }

        public async Task DisposeAsync()
        {
            if (Agent is not null) await Agent.DisposeAsync();
            if (Slurm is not null) await Slurm.DisposeAsync();
        }

        public void Dispose() => _folder.Dispose();
    }
}

using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Site;
using Forewarn.Daemon.Roles;
using Forewarn.Daemon.Topology;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Doctor;

/// <summary>What <c>forewarn doctor --controller</c> says, from the site's Slurm and files to its lines.</summary>
public sealed class SiteCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 3, 16, 7, TimeSpan.Zero);
    private static readonly string Me = SystemAccounts.UserName(SystemAccounts.OwnUid());

    private readonly TemporaryFolder _folder = new();
    private readonly SiteSlurm _slurm = new();
    private readonly ManualTimeProvider _time = new(Now);
    private readonly List<string> _settings = ["[Recovery]", "Scheduler=slurm", "Mode=auto"];
    private ClusterReading _reading = new(new() { At = Now, Nodes = ImmutableDictionary<string, ClusterNode>.Empty.Add("n1", new() { Name = "n1", Phase = NodePhase.InService }), Jobs = ImmutableDictionary<string, ClusterJob>.Empty }, "", []);
    private readonly (TopologyReading? Reading, string Trouble) _wiring = (new([], []), "");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_site_that_lets_it_do_all_is_told_so_by_name()
    {
        var found = await LookAsync();
        foreach (var check in new[] { "drain nodes", "reservations", "others' jobs" }) Assert.StartsWith($"Ok: {Me} may (AdminLevel Administrator): ", One(found, check), StringComparison.Ordinal);
        Assert.Equal("Ok: sinfo, squeue, scontrol, scancel, sbatch: 22.05.8, as slurmctld > ", One(found, "programs"));
        Assert.Equal("Ok: 1 nodes and 0 jobs were read and understood > ", One(found, "answers"));
        Assert.StartsWith("Ok: PrivateData hides no jobs", One(found, "private data"), StringComparison.Ordinal);
        Assert.StartsWith("Ok: select/cons_tres", One(found, "selection"), StringComparison.Ordinal);
        Assert.StartsWith("Ok: slurmctld's clock", One(found, "its clock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_are_proven_on_what_is_not_there_and_nothing_else_is_asked_to_change()
    {
        await LookAsync();
        string[] harmless = ["--version", "show", "sacctmgr", "test"];
        var changing = _slurm.Commands.Where(command => !harmless.Any(word => command.Contains(word, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        Assert.Equal(["scontrol delete reservationname=forewarn-doctor-asks-for-nothing", "scontrol update nodename=forewarn-doctor-asks-for-nothing comment=forewarn"], changing);
    }

    [Fact]
    public async Task An_operator_is_told_that_nodes_need_more()
    {
        (_slurm.Level, _slurm.MayUpdateNodes) = ("Operator", false);
        var found = await LookAsync();
        Assert.Equal($"Problem: {Me} may not (AdminLevel Operator): slurm_update error: Invalid user id > {AdviceForNodes}", One(found, "drain nodes"));
        Assert.StartsWith("Ok:", One(found, "others' jobs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "Problem")]
    [InlineData("observe", "Note")]
    public async Task Who_may_nothing_has_a_problem_only_where_something_is_to_be_done(string mode, string severity)
    {
        (_slurm.MayUpdateNodes, _slurm.MayReserve) = (false, false);
        _slurm.ConfigText = SiteSlurm.Config.Replace("slurmdbd", "none", StringComparison.Ordinal).Replace("PrivateData             = none", "PrivateData             = jobs,users", StringComparison.Ordinal);
        _settings[2] = $"Mode={mode}";
        var found = await LookAsync();
        foreach (var check in new[] { "drain nodes", "reservations", "others' jobs" }) Assert.StartsWith($"{severity}: {Me} may not (SlurmUser is slurm(64030))", One(found, check).Replace(", and need not while all is only observed", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith($"Problem: PrivateData hides jobs of others from {Me} > ", One(found, "private data"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_that_does_not_answer_is_said_once_and_asked_no_more()
    {
        _slurm.ConfigText = "";
        var found = await LookAsync();
        Assert.StartsWith("Problem: scontrol show config: slurm_load_ctl_conf error: Unable to contact slurm controller", One(found, "slurm.conf"), StringComparison.Ordinal);
        Assert.DoesNotContain(found, check => check.Check is "drain nodes" or "answers" or "its clock");
        Assert.DoesNotContain(_slurm.Commands, command => command.Contains("update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_that_are_not_there_are_named()
    {
        _slurm.Absent.Add("squeue");
        Assert.StartsWith("Problem: squeue: no such program in PATH > ", (await LookAsync()).Where(check => check.Check == "programs").Select(Line).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SLURM_VERSION           = 22.05.8", "SLURM_VERSION           = 23.11.4", "programs", "Warning")]
    [InlineData("SelectType              = select/cons_tres", "SelectType              = select/linear", "selection", "Warning")]
    [InlineData("CR_CORE_MEMORY", "CR_CORE", "selection", "Note")]
    [InlineData("GresTypes               = gpu", "GresTypes               = (null)", "selection", "Warning")]
    [InlineData("2026-03-04T03:16:07", "2026-03-04T03:17:07", "its clock", "Warning")]
    [InlineData("2026-03-04T03:16:07", "2026-03-04T03:06:07", "its clock", "Problem")]
    public async Task A_setting_that_costs_something_is_named(string usual, string other, string check, string severity)
    {
        _slurm.ConfigText = SiteSlurm.Config.Replace(usual, other, StringComparison.Ordinal);
        Assert.StartsWith($"{severity}: ", One(await LookAsync(), check), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JobRequeue              = 1", "JobRequeue              = 0")]
    [InlineData("MinJobAge               = 300 sec", "MinJobAge               = 2 sec")]
    public async Task Jobs_that_cannot_be_started_anew_are_named(string usual, string other)
    {
        _slurm.ConfigText = SiteSlurm.Config.Replace(usual, other, StringComparison.Ordinal);
        Assert.Contains(await LookAsync(), check => check is { Check: "requeue", Severity: Severity.Warning });
    }

    [Fact]
    public async Task What_is_not_understood_is_a_problem()
    {
        _reading = ClusterReading.Failed("an answer was not understood: x");
        Assert.StartsWith("Problem: sinfo, squeue and scontrol: an answer was not understood: x > ", One(await LookAsync(), "answers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reboot_takes_a_program_where_repairs_are_to_be_done()
    {
        Assert.Contains(await LookAsync(), check => check is { Check: "repair", Severity: Severity.Note });
        _settings.Add("RepairMode=auto");
        Assert.Contains(await LookAsync(), check => check.Check == "repair" && check.Text.StartsWith("RebootProgram is not set", StringComparison.Ordinal) && check.Severity == Severity.Problem);
        _slurm.ConfigText = SiteSlurm.Config.Replace("RebootProgram           = (null)", "RebootProgram           = /sbin/reboot", StringComparison.Ordinal);
        Assert.Contains(await LookAsync(), check => check.Text == "scontrol reboot runs /sbin/reboot");
    }

    [Fact]
    public async Task The_site_s_own_programs_must_be_there_and_be_such()
    {
        var (repair, script) = (_folder.Write("repair", "#!/bin/sh\n"), _folder.Write("validate", "exit 0\n"));
        _settings.AddRange([$"RepairCommand={repair}", $"ValidationCommand={script}"]);
        _slurm.Closed.Add(repair);
        var found = (await LookAsync()).Where(check => check.Check == "repair").Select(Line).ToList();
        Assert.Contains($"Problem: [Recovery] RepairCommand={repair}: {Me} cannot run it > chmod a+x {repair}", found);
        Assert.Contains($"Problem: [Recovery] ValidationCommand={script}: it does not begin with #!, and sbatch takes no other > #!/bin/sh in its first line", found);
    }

    [Fact]
    public async Task Secrets_are_read_by_the_controller_and_by_nobody_else()
    {
        var (open, closed) = (_folder.Write("open.key", new string('k', 40)), _folder.Write("closed.token", new string('t', 40)));
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _slurm.Closed.Add(closed);
        _settings.AddRange(["[Fleet]", $"SiteKeyFile={open}", $"OperatorTokenFile={closed}", $"ClientCaFile={_folder.Path}/none.pem", $"CertFile={_folder.Path}/none.pem"]);
        var found = (await LookAsync()).Where(check => check.Check == "files").Select(Line).ToList();
        Assert.StartsWith($"Problem: [Fleet] SiteKeyFile={open} can be read by everybody > chmod o-r {open}", found[0], StringComparison.Ordinal);
        Assert.Equal($"Problem: [Fleet] OperatorTokenFile={closed}: {Me} cannot read it > chgrp {Me} {closed} && chmod 0640 {closed}", found[1]);
        Assert.Contains($"Problem: [Fleet] CertFile={_folder.Path}/none.pem is not there", found[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_tells_of_the_wiring_is_a_warning()
        => Assert.StartsWith("Warning: nobody tells how nodes are wired (TopologyPlugin=topology/tree)", One(await LookAsync(), "topology"), StringComparison.Ordinal);

    [Fact]
    public async Task Checkpoint_folders_must_be_here()
    {
        _settings.Add($"CheckpointFolders={_folder.Path} /nowhere/ckpt");
        var found = (await LookAsync()).Where(check => check.Check == "checkpoints").Select(Line).ToList();
        Assert.Equal([$"Ok: {_folder.Path} is here > ", "Warning: [Recovery] CheckpointFolders: /nowhere/ckpt is not here > mount it on the controller's machine as well"], found.Skip(1));
    }

    [Fact]
    public async Task Without_a_scheduler_nobody_is_asked_for_rights()
    {
        _settings[1] = "Scheduler=none";
        Assert.StartsWith("Note: [Recovery] Scheduler=none", One(await LookAsync(), "asked as"), StringComparison.Ordinal);
        Assert.DoesNotContain(_slurm.Commands, command => command.StartsWith('s'));
    }

    [Fact]
    public async Task Rights_of_somebody_else_are_not_told_as_the_controllers()
        => Assert.StartsWith($"Warning: {Me}: no controller runs, and there is no user nobody-is-called-so; what is said below is of {Me}", One(await LookAsync(), "asked as"), StringComparison.Ordinal);

    [Fact]
    public async Task Which_doctor_is_asked_for_is_handed_to_the_role()
    {
        var command = await Tests.Cli.Command.RunAsync(["doctor", "--controller", "--socket", "/s"]);
        Assert.True(command.Doctor!.OfController);
        Assert.Equal(["Fleet.Socket=/s"], command.Doctor.Overrides.Select(given => given.Assignment));
    }

    private static string AdviceForNodes
        => $"with slurmdbd: sacctmgr modify user {Me} set adminlevel=Administrator; without it SlurmUser and root alone have rights: run the controller as SlurmUser";

    private static string One(IEnumerable<CheckReport> found, string check) => Line(Assert.Single(found, one => one.Check == check));

    private static string Line(CheckReport check) => $"{check.Severity}: {check.Text} > {check.Todo}";

    private async Task<IReadOnlyList<CheckReport>> LookAsync()
    {
        _slurm.Commands.Clear();
        string[] usual = _settings.Contains("[Fleet]") ? [] : ["[Fleet]", $"SiteKeyFile={_folder.Write("site.key", new string('k', 40))}"];
        var file = _folder.Write("forewarn.conf", string.Join('\n', [.. _settings, .. usual, $"Socket={_folder.Path}/controller.sock"]) + "\n");
        var loaded = new ConfigurationLoader(ProgramSettings.Catalog).Load(ConfigurationPaths.Named(file), []);
        Assert.Empty(loaded.Errors);
        var admission = new SiteAdmission(_slurm, (_, _) => (new OneReading(_reading), _ => Task.FromResult(_wiring)), "1.2.3", _time, usualUser: "nobody-is-called-so");
        var facts = await admission.ReceiveAsync(loaded.Values, CancellationToken.None);
        // Without the check of this machine's own clock.
        return [.. SiteChecks.For(facts).SkipLast(1).Skip(1).SelectMany(check => check.Look(null!).Select(finding => CheckReport.Of(check, finding)))];
    }

    private sealed class OneReading(ClusterReading reading) : IScheduler
    {
        public string Name => "slurm";

        public Task<ClusterReading> ReadAsync(CancellationToken cancellation) => Task.FromResult(reading);

        public Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation) => throw new InvalidOperationException("nothing is to be done");
    }
}

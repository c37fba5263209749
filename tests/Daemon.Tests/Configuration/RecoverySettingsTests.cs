using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Roles;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Configuration;

public class RecoverySettingsTests
{
    [Fact]
    public void On_first_install_nobodys_work_is_looked_after_and_the_defaults_are_those_of_who_uses_them()
    {
        using var configuration = new ConfigurationCase();
        var recovery = configuration.Options().Recovery;
        var (told, usual) = (recovery.Coordination, new CoordinationSettings());
        Assert.Equal((SchedulerKind.None, ActionMode.Observe), (recovery.Scheduler, told.Guards.Mode));
        Assert.Empty(told.Guards.Modes);
        Assert.Equal(usual.Guards with { Modes = told.Guards.Modes }, told.Guards);
        Assert.Equal((usual.Repair with { User = Environment.UserName }, usual.GoneAfter), (told.Repair, told.GoneAfter));
        Assert.Equal((usual.Steps, usual.Times, usual.Policy, usual.RetryAfter), (told.Steps, told.Times, told.Policy, told.RetryAfter));
        Assert.Equal(new ContractBounds { Folders = recovery.Bounds.Folders }, recovery.Bounds);
    }

    [Fact]
    public void All_of_it_can_be_set()
    {
        using var configuration = ConfigurationCase.Of("""
            [Recovery]
            Scheduler=slurm
            Mode=approve
            PartitionModes=train:auto  debug:observe
            Policy=least-risk
            LookEvery=10s
            MaxDrainedShare=0.25
            CheckpointFolders=/lustre /gpfs/scratch/
            LongestPause=5m
            StartingTime=90s
            LoadCost=20s
            RepairMode=approve
            RepairsPerWeek=5
            RepairCommand=/site/repair
            ValidationCommand=/site/validate
            ValidationUser=tester
            ValidationPartition=burn-in
            RepairTime=1h
            ProvingTime=10m
            ValidationTime=2h
            ProbationTime=7d
            GoneAfter=14d
            [Topology]
            Slurm=no
            SiteFile=/etc/forewarn/topology
            FabricListing=/var/lib/net.txt
            RefreshEvery=1h
            """);
        var options = configuration.Options();
        var (recovery, told) = (options.Recovery, options.Recovery.Coordination);
        Assert.Equal((SchedulerKind.Slurm, TimeSpan.FromSeconds(10)), (recovery.Scheduler, recovery.LookEvery));
        Assert.Equal((ActionMode.Approve, 0.25), (told.Guards.Mode, told.Guards.MaxDrainedShare));
        Assert.Equal(["debug Observe", "train Auto"], told.Guards.Modes.Select(one => $"{one.Key} {one.Value}").Order());
        Assert.Equal(("least-risk", TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(20)), (told.Policy.Name, told.Steps.Starting, told.Times.Load));
        Assert.Equal((ActionMode.Approve, 5, TimeSpan.FromDays(14)), (told.Guards.RepairMode, told.Guards.RepairsPerWeek, told.GoneAfter));
        Assert.Equal(
            new RepairSettings
            {
                Command = "/site/repair",
                Validation = "/site/validate",
                User = "tester",
                Partition = "burn-in",
                Repair = TimeSpan.FromHours(1),
                Proving = TimeSpan.FromMinutes(10),
                Validate = TimeSpan.FromHours(2),
                Probation = TimeSpan.FromDays(7),
            },
            told.Repair);
        Assert.Equal(["/lustre", "/gpfs/scratch"], recovery.Bounds.Folders.AsEnumerable());
        Assert.Equal(TimeSpan.FromMinutes(5), recovery.Bounds.LongestPause);
        Assert.Equal(new TopologyOptions { Slurm = false, SiteFile = "/etc/forewarn/topology", FabricListing = "/var/lib/net.txt", RefreshEvery = TimeSpan.FromHours(1) }, options.Topology);
    }

    [Theory]
    [InlineData("Scheduler=pbs")]
    [InlineData("Mode=on")]
    [InlineData("PartitionModes=train")]
    [InlineData("PartitionModes=train:on")]
    [InlineData("PartitionModes=train:auto train:observe")]
    [InlineData("Policy=best")]
    [InlineData("MaxDrainedShare=2")]
    [InlineData("RepairMode=yes")]
    [InlineData("RepairsPerWeek=101")]
    [InlineData("RepairCommand=repair")]
    [InlineData("ValidationUser=a b")]
    [InlineData("ProbationTime=31d")]
    [InlineData("GoneAfter=1s")]
    [InlineData("CheckpointFolders=lustre")]
    [InlineData("CheckpointFolders=/lustre/../etc")]
    public void What_is_none_is_refused(string line)
    {
        using var configuration = ConfigurationCase.Of($"[Recovery]\n{line}\n");
        Assert.Contains("must be", Assert.Single(configuration.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_of_the_controller_applies_what_the_site_chose_and_names_the_rest()
    {
        using var before = new ConfigurationCase();
        using var after = ConfigurationCase.Of("[Recovery]\nMode=auto\nPolicy=least-risk\nScheduler=slurm\n[Topology]\nSiteFile=/t\n[Sampling]\nFast=2s\n");
        Assert.Equal(
            ["[Recovery] Scheduler=slurm", "[Topology] SiteFile=/t"],
            ProgramSettings.ControllersChangesThatWait(before.Load().Values, after.Load().Values));
    }

    [Fact]
    public void Every_setting_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/moving-work.md"));
        Assert.All(RecoverySettings.Section.Settings.Concat(TopologySettings.Section.Settings), setting => Assert.Contains($"`{setting.Key}`", page, StringComparison.Ordinal));
    }
}

using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Checks;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class MachineCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, null, "Ok")]
    [InlineData(true, null, "Problem")]
    [InlineData(false, 7, "Warning")]
    [InlineData(true, 1, "Ok")]
    public void A_port_is_free_the_agent_s_or_somebody_else_s(bool isHeld, int? agent, string expected) =>
        Assert.Equal(expected, Severities(ListenCheck.Judge(9797, (isHeld, isHeld ? [1] : []), Agent(agent))));

    [Fact(Timeout = 10_000)]
    public async Task A_port_that_an_unheard_agent_holds_is_not_to_be_freed()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Join(folder.Path, "forewarn"); // the kernel names a process by its file
        File.Copy("/bin/sleep", program);
        await using var own = RealProgram.Start(program, ["60"]);
        var text = Texts(ListenCheck.Judge(9797, (true, [own.Pid]), Agent(null)));
        Assert.StartsWith($"Warning: 9797 is held by pid {own.Pid} (forewarn), an agent that was not heard at /s > leave it;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_whose_holder_is_hidden_says_how_to_see_it() =>
        Assert.Contains("> sudo ss -ltnp 'sport = :9797'", Texts(ListenCheck.Judge(9797, (true, []), Agent(1))), StringComparison.Ordinal);

    [Theory]
    [InlineData("ext4", "rw", 990u, 1L << 30, "Ok")]
    [InlineData("ext4", "rw", 990u, 1L << 20, "Warning")]
    [InlineData("ext4", "rw", 0u, 1L << 30, "Warning")]
    [InlineData("ext4", "ro", 990u, 1L << 30, "Problem")]
    [InlineData("lustre", "rw", 990u, 1L << 30, "Problem")]
    [InlineData("nfs4", "rw", 990u, 1L << 30, "Problem")]
    public void The_state_directory_is_local_writable_and_roomy(string type, string option, uint owner, long free, string expected) =>
        Assert.Equal(expected, Severities(StateDirectoryCheck.Judge(
            new("/var/lib/forewarn", new("/", type, option == "ro", option), true, new FileOwner(owner, 0, 0x41E8), free), agent: 990)));

    [Theory]
    [InlineData("/srv", "a directory of its own: install -d -o 990 -m 0750 -- '/srv/forewarn', and [Agent] StateDir= that")]
    [InlineData("/var/lib/forewarn", "chown -R 990 -- '/var/lib/forewarn'")]
    [InlineData("/data/it's here/forewarn/", @"chown -R 990 -- '/data/it'\''s here/forewarn/'")]
    public void Only_our_own_directory_is_to_be_given_away(string path, string advice)
    {
        var found = StateDirectoryCheck.Judge(new(path, new("/", "ext4", false, "rw"), true, new FileOwner(0, 0, 0x41E8), 1L << 30), 4000000990);
        Assert.Equal(advice.Replace("990", "4000000990", StringComparison.Ordinal), found.Single().Todo);
    }

    [Fact]
    public void A_path_lies_on_its_longest_mount()
    {
        MountPoint[] mounts =
        [
            MountPoint.Parse("22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw")!,
            MountPoint.Parse("30 22 0:40 / /var/lib ro,nosuid - nfs4 server:/x rw,vers=4.2")!,
            MountPoint.Parse(@"31 22 0:41 / /var/lib\040x rw - tmpfs tmpfs rw")!,
        ];
        var held = MountPoint.Holding("/var/lib/forewarn", mounts)!;
        Assert.Equal(("nfs4", true, true), (held.Type, held.IsReadOnly, held.IsNetwork));
        Assert.Equal("tmpfs", MountPoint.Holding("/var/lib x/y", mounts)!.Type);
        Assert.Equal("ext4", MountPoint.Holding("/var/library", mounts)!.Type);
        Assert.Null(MountPoint.Parse("nonsense"));
    }

    [Fact]
    public void A_link_is_followed_up_to_the_network_and_not_into_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Join(folder.Path, "local"));
        File.CreateSymbolicLink(Path.Join(folder.Path, "state"), "local/../far/x");
        File.CreateSymbolicLink(Path.Join(folder.Path, "loop"), "loop");
        MountPoint[] mounts = [new("/", "ext4", false, "rw"), new(Path.Join(folder.Path, "far"), "autofs", false, "rw")];
        Assert.Equal(Path.Join(folder.Path, "far/x/y"), MountPoint.Resolve(Path.Join(folder.Path, "state/y"), mounts));
        Assert.True(MountPoint.Holding(MountPoint.Resolve(Path.Join(folder.Path, "state"), mounts), mounts)!.IsNetwork);
        Assert.Equal(Path.Join(folder.Path, "local/none"), MountPoint.Resolve(Path.Join(folder.Path, "local/./none/"), mounts));
        Assert.Equal(Path.Join(folder.Path, "loop"), MountPoint.Resolve(Path.Join(folder.Path, "loop"), mounts));
        Assert.Equal("/", MountPoint.Resolve("/", mounts));
    }

    [Theory]
    [InlineData(512, 100, 0, 0, "Ok")]
    [InlineData(512, 500, 0, 0, "Warning")]
    [InlineData(512, 100, 9, 0, "Warning")]
    [InlineData(512, 100, 1, 0, "Ok")]
    [InlineData(512, 100, 0, 1, "Warning")]
    public void Limits_are_compared_with_what_is_used(long max, long used, long throttled, long killed, string expected) =>
        Assert.Equal(expected, Severities(LimitsCheck.Judge(new(max << 20, used << 20, 512, 40, "max 100000", 100, throttled, killed))));

    [Theory]
    [InlineData("max 100000", "100 of 512 MiB memory, 40 of 512 tasks, no processor quota")]
    [InlineData(null, "100 of 512 MiB memory, 40 of 512 tasks, no processor quota")]
    [InlineData("150000 100000", "100 of 512 MiB memory, 40 of 512 tasks, 1.5 processors")]
    public void Limits_that_are_kept_are_told_all(string? cpu, string expected) =>
        Assert.Equal(expected, Assert.Single(LimitsCheck.Judge(new(512 << 20, 100 << 20, 512, 40, cpu, 100, 0, 0))).Text);

    [Fact]
    public void Limits_are_read_from_the_process_s_own_group()
    {
        using var folder = new TemporaryFolder();
        folder.Write("7/cgroup", "0::/system.slice/forewarn.service\n");
        foreach (var (file, text) in new[]
        {
            ("memory.max", "536870912"), ("memory.current", "73400320"), ("memory.stat", "anon 5\ninactive_file 10485760"), ("pids.max", "max"), ("pids.current", "41"),
            ("cpu.max", "50000 100000"), ("cpu.stat", "nr_periods 10\nnr_throttled 1"), ("memory.events", "oom 3\noom_kill 2"),
        }) folder.Write($"system.slice/forewarn.service/{file}", text + "\n");
        var (limits, blind) = LimitsCheck.Look(7, folder.Path, folder.Path);
        Assert.Null(blind);
        Assert.Equal(new LimitFacts(512 << 20, 60 << 20, null, 41, "50000 100000", 10, 1, 2), limits);
    }

    [Theory]
    [InlineData(null, "", "no agent answers")]
    [InlineData(7, "4:memory:/system.slice\n0::/system.slice\n", "of the old kind (v1)")]
    [InlineData(7, "4:memory:/system.slice\n", "of the old kind (v1)")]
    [InlineData(7, "0::/\n", "counts no memory")]
    [InlineData(8, "", "Could not find")] // it has just gone
    public void Limits_that_cannot_be_seen_are_said_to_be_so(int? pid, string groups, string why)
    {
        using var folder = new TemporaryFolder();
        folder.Write("7/cgroup", groups);
        var (limits, blind) = LimitsCheck.Look(pid, folder.Path, folder.Path);
        Assert.Null(limits);
        Assert.Equal(Severity.Note, blind!.Severity);
        Assert.StartsWith("limits cannot be seen: ", blind.Text, StringComparison.Ordinal);
        Assert.Contains(why, blind.Text, StringComparison.Ordinal);
        Assert.NotNull(blind.Todo);
    }

    [Theory]
    [InlineData(true, "/dev/kmsg", true, "Ok")]
    [InlineData(true, "/dev/null", true, "Warning")]
    [InlineData(true, null, true, "Note")]
    [InlineData(false, null, true, "Ok")]
    [InlineData(false, null, false, "Warning")]
    public void The_kernel_log_should_be_the_agent_s_input(bool running, string? input, bool exists, string expected) =>
        Assert.Equal(expected, Severities(KernelLogCheck.Judge(new(running, input, exists, IsRestricted: true))));

    [Theory]
    [InlineData(true, true, "Ok")]
    [InlineData(false, true, "Warning")]
    [InlineData(false, false, "Note")]
    public void An_agent_started_by_hand_opens_the_kernel_log_itself_where_it_is_wanted(bool opened, bool wanted, string expected) =>
        Assert.Equal(expected, Severities(KernelLogCheck.Judge(new(true, "/dev/null", true, IsRestricted: true, opened, wanted))));

    [Theory]
    [InlineData(true, 0, "Ok")]
    [InlineData(false, 0, "Warning")]
    [InlineData(null, 0, "Note")]
    [InlineData(true, 90, "Ok Note")]
    public void Clocks_are_judged(bool? synchronised, int minutesAsleep, string expected) => Assert.Equal(expected, Severities(ClockCheck.Judge(
        new(synchronised, Now, Now.AddDays(-1), TimeSpan.FromHours(5), TimeSpan.FromHours(5) + TimeSpan.FromMinutes(minutesAsleep)))));

    [Fact]
    public void A_clock_before_the_program_was_installed_is_a_problem() =>
        Assert.Equal("Problem Ok", Severities(ClockCheck.Judge(new(true, Now, Now.AddDays(1), TimeSpan.Zero, null))));

    [Theory]
    [InlineData("rw,hidepid=invisible", "Note")]
    [InlineData("rw,hidepid=2", "Note")]
    [InlineData("rw,hidepid=0", "Ok")]
    [InlineData("rw", "Ok")]
    public void A_hiding_proc_is_said(string options, string expected) =>
        Assert.Equal(expected, Severities(HiddenProcessesCheck.Judge(new("/proc", "proc", false, options))));

    [Theory]
    [InlineData(true, 252, false, "Ok")]
    [InlineData(true, 245, false, "Warning")]
    [InlineData(true, null, true, "Note Note")]
    [InlineData(false, null, false, "Note")]
    public void Systemd_is_judged(bool running, int? version, bool oldGroups, string expected) =>
        Assert.Equal(expected, Severities(SystemdCheck.Judge(running, version, oldGroups)));

    [Theory]
    [InlineData(0u, "Ok: root")]
    [InlineData(4000000001u, "Note: 4000000001: may look, not release")] // above every account of a Debian
    [InlineData(4000000000u, "Note: 4000000000: may look, release and resume")]
    public void Who_asks_is_told_what_that_allows(uint uid, string expected) =>
        Assert.StartsWith(expected, Texts(OperatorCheck.Judge(uid, [uid], agentUid: 4000000000, operators: null)), StringComparison.Ordinal);

    private static AgentSeen Agent(int? pid) => new() { Socket = "/s", Process = pid is { } id ? new(id, "forewarn", 990, [], 0) : null };

    [Fact]
    public void A_process_is_read_from_its_status()
    {
        var process = ProcessFacts.Parse(7, ["Name:\tforewarn", "Uid:\t1\t990\t1\t1", "Gid:\t1\t991\t1\t1", "Groups:\t44 105 ", "CapEff:\t0000000000200000"])!;
        Assert.Equal(("forewarn", 990u, true), (process.Name, process.Uid, process.IsPrivileged));
        Assert.Equal([991u, 44, 105], process.Groups);
    }

    [Fact]
    public void The_owner_of_a_file_is_the_kernel_s_word()
    {
        Assert.Equal(Errno.None, FileOwner.TryRead("/dev/null", out var owner));
        Assert.Equal((0u, 0u, 0x21B6), (owner.User, owner.Group, (int)owner.Mode));
        Assert.Equal(Errno.NoEntry, FileOwner.TryRead("/dev/nonexistent", out _));
        Assert.NotNull(KernelClock.IsSynchronised());
    }
}

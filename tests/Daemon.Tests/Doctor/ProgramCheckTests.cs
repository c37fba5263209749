using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Checks;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class ProgramCheckTests
{
    private static readonly NodeReport Ready = new()
    {
        Simulated = false,
        Name = "node",
        Version = "1.0",
        Root = "/",
        Started = default,
        Time = default,
        Ready = true,
        WaitingFor = [],
        Devices = new(8, 8, 8, 0, 0, 0, 0),
        Sources = [],
        Exporters = [],
        Queues = [new("samples", 256, 0, 0)],
        Processes = [],
    };

    private static readonly ProcessFacts Own = new(812, "forewarn", 4000000000, [990], 0); // above every account of a Debian

    [Fact]
    public void A_ready_agent_of_this_version_is_well_and_says_who_runs_it() =>
        Assert.StartsWith("Ok: ready at /s, pid 812, user 4000000000", Texts(AgentCheck.Judge(Seen(Ready), "1.0")), StringComparison.Ordinal);

    [Fact]
    public void An_agent_of_another_version_is_a_warning() =>
        Assert.Contains("Warning: the agent is version 1.0, this program 2.0", Texts(AgentCheck.Judge(Seen(Ready), "2.0")), StringComparison.Ordinal);

    [Fact]
    public void An_agent_that_waits_says_for_what() =>
        Assert.Contains("waits for nvml", Texts(AgentCheck.Judge(Seen(Ready with { Ready = false, WaitingFor = ["nvml"] }), "1.0")), StringComparison.Ordinal);

    [Fact]
    public void A_queue_that_dropped_is_a_warning() =>
        Assert.Equal("Ok Warning", Severities(AgentCheck.Judge(Seen(Ready with { Queues = [new("samples", 256, 0, 7)] }), "1.0")));

    [Fact]
    public void An_agent_as_root_is_a_note_on_a_real_node_alone()
    {
        var seen = Seen(Ready) with { Process = Own with { Uid = 0 } };
        Assert.Equal("Ok Note", Severities(AgentCheck.Judge(seen, "1.0")));
        Assert.Equal("Ok", Severities(AgentCheck.Judge(seen with { Node = Ready with { Simulated = true } }, "1.0")));
    }

    [Fact]
    public void An_agent_that_is_not_there_is_a_problem_with_the_client_s_advice()
    {
        var found = AgentCheck.Judge(new() { Socket = "/s", Trouble = "cannot reach it\nStart it: x   Or: y\nElse: z" }, "1.0");
        Assert.Equal("Problem: cannot reach it > Start it: x; Or: y; Else: z", Texts(found));
    }

    [Fact]
    public void Every_error_of_the_configuration_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("x.conf", "[Agent]\nListen=here\nNosuch=1\n");
        var result = new ConfigurationLoader(new SettingCatalog([])).Load(ConfigurationPaths.Named(file), []);
        Assert.Equal("Problem Problem", Severities(ConfigurationCheck.Judge(result)));
    }

    [Theory]
    [InlineData("/", false, "Ok")]
    [InlineData("/tmp", false, "Note")]
    [InlineData("/tmp", true, "Note")]
    [InlineData("/nonexistent", false, "Note Problem")]
    public void Another_root_and_an_invented_one_are_said(string root, bool simulated, string expected) =>
        Assert.Equal(expected, Severities(RootCheck.Judge(root, simulated)));

    [Fact]
    public void A_boot_id_that_cannot_be_read_is_a_warning() =>
        Assert.Equal("Ok Warning", Severities([.. BootIdCheck.Judge(Guid.Empty), .. BootIdCheck.Judge(null)]));

    [Fact]
    public void The_groups_of_a_user_are_its_own_and_those_that_list_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("group", "video:x:44:a,forewarn\nrender:x:105:b\nforewarn:x:990:\n");
        Assert.Equal([44u, 990], SystemAccounts.GroupsOf("forewarn", file));
        Assert.Equal("root", SystemAccounts.UserName(0));
    }

    private static AgentSeen Seen(NodeReport node) => new() { Socket = "/s", Node = node, Process = Own };
}

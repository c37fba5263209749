using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary><c>forewarn doctor</c> beside a running agent, without one, and where things are broken.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Unstable = ["  library  ", "/drivers/", "  functions  "];

    [Fact]
    public async Task A_healthy_simulated_node_is_called_healthy_and_simulated()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();

        var doctor = await DoctorUnderTest.OfAsync(agent);
        // Where the library lies is not ours to say; which functions it lacks grows with what is bound, and has tests of its own.
        var source = Findings(doctor.Output.Split('\n').SkipWhile(line => line != "nvml").TakeWhile(line => line.Length > 0))
            .Where(finding => !Unstable.Any(word => finding.Contains(word, StringComparison.Ordinal)));

        Assert.StartsWith("SIMULATED NODE (h100-8): ", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            nvml
              ok       agent's view    Running, 8 of 8 devices answer
              ok       calls           every call of the examination returned
              ok       driver          loaded, and the library talks to it
              ok       devices         8 on the PCI bus, and the driver knows them all
              ok       versions        library and kernel module are both 550.163.01
              ok       cuda            the driver runs programs of CUDA 12.4 and older
              ok       persistence     on, on all 8 cards
              ok       firmware        8 x NVIDIA H100 80GB HBM3: VBIOS 96.00.61.00.01,
                                         InfoROM G520.0200.00.05, GSP firmware 550.163.01
              ok       ecc             on, on all 8 cards
              ok       mig             off on all 8 cards
              ok       fabric manager  the cards have joined the fabric
              ok       other monitors  none seen
            """,
            string.Join('\n', source));
        Assert.Contains("  ok       library         12.550.163.01,", doctor.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ ok, \d+ notes, \d+ warnings, 0 problems$", doctor.Output.TrimEnd());
        Assert.Contains(doctor.Code, (int[])[0, 3]); // whether this machine's clock is kept right is not ours to say
        Assert.DoesNotContain('\e', doctor.Output);
    }

    [Fact]
    public async Task Without_an_agent_it_looks_at_the_node_itself_and_says_how_to_start_one()
    {
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        using var folder = new TemporaryFolder();

        var doctor = await DoctorUnderTest.RunAsync(
            "--json", "--socket", Path.Join(folder.Path, "s"), "--set", $"Agent.Root={node.Root}", "--set", "Agent.Listen=none");

        Assert.Equal(1, doctor.Code);
        Assert.True(doctor.Json.GetProperty("simulated").GetBoolean());
        Assert.Contains("systemctl start forewarn", doctor.One("agent").Todo!, StringComparison.Ordinal);
        Assert.Equal("Ok", doctor.One("devices").Severity);
        Assert.Equal("Ok", doctor.One("driver").Severity);
        Assert.Equal(1, doctor.Json.GetProperty("problems").GetInt32());
    }

    [Fact]
    public async Task A_missing_library_is_named()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await AgentUnderTest.StartAsync(folder.Write("missing.scenario", "profile h100-8\nat 0s node library missing\n"));
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(10), "the library is missed", source => source.Reason == "LibraryMissing");

        var doctor = await DoctorUnderTest.OfAsync(agent, "--json");

        Assert.Equal(1, doctor.Code);
        Assert.Equal("Problem", doctor.One("library").Severity);
        Assert.Contains("libnvidia-ml.so.1", doctor.One("library").Text, StringComparison.Ordinal);
        Assert.Contains("[Source.nvml] Library=PATH", doctor.One("library").Todo!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_does_not_match_the_driver_is_named_with_both_versions()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("node library r535");

        var doctor = await DoctorUnderTest.OfAsync(agent, "--json");

        Assert.Equal(1, doctor.Code);
        Assert.Contains("LibRmVersionMismatch (18", doctor.One("driver").Text, StringComparison.Ordinal);
        Assert.Equal("the library is of 535.261.03, the loaded kernel module of 550.163.01", doctor.One("versions").Text);
    }

    [Fact]
    public async Task An_old_driver_s_missing_functions_name_the_signals_that_they_cost()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await AgentUnderTest.StartAsync(folder.Write("r470.scenario", "profile h100-8\ndriver r470\n"));
        await agent.UntilAllMeasuredAsync();

        var doctor = await DoctorUnderTest.OfAsync(agent, "--json");

        var functions = doctor.One("functions");
        Assert.Equal("Note", functions.Severity);
        Assert.Contains("functions are newer than driver 470.", functions.Text, StringComparison.Ordinal);
        var details = doctor.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "functions")
            .GetProperty("details").EnumerateArray().Select(detail => detail.GetString()!);
        Assert.Contains("nvmlDeviceGetMemoryInfo_v2: forewarn_device_memory_bytes{state=reserved}", details);
        Assert.Equal(0, doctor.Json.GetProperty("problems").GetInt32());
    }

    [Fact]
    public async Task A_card_that_hangs_is_named_with_the_call_and_the_others_are_examined()
    {
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        await SimulatedNodeUnderTest.RequestAsync(node.Root, "inject gpu 3 hang nvmlDeviceGetPersistenceMode");

        var doctor = await DoctorUnderTest.RunAsync(
            "--json", "--socket", "/nonexistent", "--set", $"Agent.Root={node.Root}", "--set", "Source.nvml.SlowDeadline=2s");

        Assert.Equal(1, doctor.Code);
        Assert.StartsWith("0000:5d:00.0: call 'persistence' did not return within 2 s", doctor.One("calls").Text, StringComparison.Ordinal);
        Assert.Equal("on, on all 7 cards", doctor.One("persistence").Text);
        Assert.DoesNotContain(Processes.ThatMap(node.Root), pid => Processes.CommandLine(pid) is [_, "examine", ..]);
    }

    [Fact]
    public async Task A_call_that_crashes_is_named_as_one_that_hangs()
    {
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        await SimulatedNodeUnderTest.RequestAsync(node.Root, "inject gpu 3 crash nvmlDeviceGetEccMode");

        var doctor = await DoctorUnderTest.RunAsync("--json", "--socket", "/nonexistent", "--set", $"Agent.Root={node.Root}");

        Assert.StartsWith("0000:5d:00.0: call 'ecc' ended the process that asked (SIGSEGV)", doctor.One("calls").Text, StringComparison.Ordinal);
        Assert.Equal("on, on all 7 cards", doctor.One("ecc").Text);
    }

    /// <summary>A driver upgrade waits for everybody to let go; doctor must not be the one who holds on.</summary>
    [Fact]
    public async Task Released_devices_are_not_touched()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await agent.PostAsync("v1/release");

        var doctor = await DoctorUnderTest.OfAsync(agent, "--json");

        Assert.Contains("an operator released the devices", doctor.One("calls").Text, StringComparison.Ordinal);
        Assert.Equal("forewarn resume --source nvml", doctor.One("agent's view").Todo);
        Assert.DoesNotContain(doctor.Findings, finding => finding.Check == "library");
    }

    [Fact]
    public async Task An_ordinary_user_is_told_what_is_hidden_and_how_to_see_it()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder });
        await agent.UntilAllMeasuredAsync();

        var doctor = await DoctorUnderTest.RunAsNobodyAsync("--json", "--socket", agent.SocketPath, "--set", "Agent.Listen=none");

        Assert.Equal("Note", doctor.One("you").Severity);
        Assert.Equal("sudo forewarn doctor sees all", doctor.One("you").Todo);
        Assert.StartsWith("nobody: may look, not release or resume", doctor.One("you").Text, StringComparison.Ordinal);
        Assert.StartsWith("ready at", doctor.One("agent").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nosuch")]
    [InlineData("--set=Agent.Nosuch=1")]
    public async Task A_wrong_command_line_is_no_finding(string option) =>
        Assert.Equal(2, (await DoctorUnderTest.RunAsync(option)).Code);

    [Fact]
    public async Task A_wrong_configuration_is_a_problem_and_does_not_keep_it_from_looking()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("wrong.conf", "[Sampling]\nFast=never\n");
        var doctor = await DoctorUnderTest.RunAsync("--json", "--config", file, "--socket", Path.Join(folder.Path, "s"));
        Assert.Equal(1, doctor.Code);
        Assert.Contains($"{file}:2", doctor.One("configuration").Text, StringComparison.Ordinal);
        Assert.NotNull(doctor.One("boot id"));
    }

    /// <summary>What is too long for a line goes on below its own column.</summary>
    private static List<string> Findings(IEnumerable<string> lines)
    {
        var findings = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("   ", StringComparison.Ordinal)) findings[^1] += '\n' + line;
            else findings.Add(line);
        }

        return findings;
    }
}

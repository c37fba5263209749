using System.Text.Json;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class ExplainTests
{
    private static readonly Workload Job = new() { Manager = WorkloadOrigin.Slurm, Id = "4711", Step = "batch", User = 1000 };

    [Theory]
    [InlineData("3")]
    [InlineData("0000:5d:00.0")]
    [InlineData("5d:00.0")]
    [InlineData("GPU-00000000-0000-4000-8000-000000000003")]
    [InlineData("165023003")]
    public async Task A_failing_card_by_whatever_it_is_called(string name)
    {
        var text = await ExplainAsync(Failing(), name);
        Assert.Empty(ExplainLint.Complaints(text));
        Golden.Matches("Cli/golden/explain-failing.txt", text);
    }

    [Fact]
    public async Task Two_findings_of_which_one_is_only_observed()
    {
        var node = JudgedNode.Build("thermal");
        node.Judge(3, HealthState.Degraded, JudgedNode.Hot(node, 3), JudgedNode.Hot(node, 3, isObserved: true));
        Golden.Matches("Cli/golden/explain-two.txt", await ExplainAsync(node, "3"));
    }

    [Fact]
    public async Task A_healthy_card()
    {
        var text = await ExplainAsync(JudgedNode.Build(), "0");
        Assert.Empty(ExplainLint.Complaints(text));
        Golden.Matches("Cli/golden/explain-healthy.txt", text);
    }

    [Fact]
    public async Task A_lost_card_says_why_and_since_when()
    {
        var node = Failing().Become(3, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus");
        Assert.Contains("presence      Lost since 03:12:07 (4 min): fell off the bus\n", await ExplainAsync(node, "3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_cannot_be_is_named()
    {
        var node = JudgedNode.Build();
        var sample = new Sample { Time = HandMadeNode.Now };
        Assert.True(sample.Add(Reading.None(SignalId.TemperatureMemory, NoDataReason.Invalid)));
        node[3].Apply(sample);
        var said = string.Join(' ', (await ExplainAsync(node, "3")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("not believed forewarn_device_temperature_celsius: the library gave a number that cannot be", said, StringComparison.Ordinal);
        Assert.DoesNotContain("not believed", await ExplainAsync(JudgedNode.Build(), "3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_failed_since_is_not_told_the_chance_of_one_that_may()
    {
        var node = JudgedNode.Build();
        node.Judge(3, HealthState.Failed, JudgedNode.Hot(node, 3) with { Rule = "device-stalled", Severity = Severity.Failed, Probability = FailureProbability.Certain });
        var said = string.Join(' ', (await ExplainAsync(node, "3")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("may fail 100 % within 1 h, 100 % within 24 h, 100 % within 7 d; from: it has failed cleared by", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_itself()
    {
        var node = JudgedNode.Build();
        node.View.Assessment = node.View.Assessment! with
        {
            State = HealthState.Degraded,
            Since = HandMadeNode.Now.AddMinutes(-4),
            Findings = [JudgedNode.Hot(node, 0) with { Device = DeviceId.Node }],
            InMaintenance = true,
        };
        Golden.Matches("Cli/golden/explain-node.txt", await ExplainAsync(node, "node"));
    }

    [Fact]
    public async Task A_card_that_was_not_judged_yet()
        => Assert.Contains("state         not judged yet\n", await ExplainAsync(new HandMadeNode().WithDevices(1), "0"), StringComparison.Ordinal);

    [Fact]
    public async Task A_part_points_to_its_card()
    {
        var node = JudgedNode.Build().Cut(0, "1g.10gb");
        var text = await ExplainAsync(node, "MIG-00000000-0000-4000-8000-000000000000");
        Assert.Contains("judged with its card, GPU-00000000-0000-4000-8000-000000000000", text.Replace("\n              ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_node_stands_comes_from_the_configuration()
    {
        using var folder = new TemporaryFolder();
        await using var served = await ServedNode.StartAsync(Failing());
        var command = await Command.RunAsync(["explain", "3", "--socket", served.Socket], folder.Write("f.conf", "[Agent]\nRack=A7, row 3\n"));
        Assert.Contains("rack          A7, row 3\n", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_everything_a_program_needs_to_act()
    {
        await using var served = await ServedNode.StartAsync(Failing());
        var command = await Command.RunAsync(["explain", "3", "--json", "--socket", served.Socket]);
        using var json = JsonDocument.Parse(command.Output);
        var root = json.RootElement;
        Assert.Equal("Failing", root.GetProperty("assessment").GetProperty("state").GetString());
        Assert.Equal("forewarn clear 3 row-remap-failed --reason \"…\"", root.GetProperty("explanations")[0].GetProperty("clear_command").GetString());
        Assert.Contains("nvidia-bug-report.sh", root.GetProperty("advice").EnumerateArray().Select(advice => advice.GetProperty("command").GetString()));
        Assert.Empty(root.GetProperty("device").GetProperty("signals").EnumerateArray());
    }

    [Fact]
    public async Task Colour_only_adds()
    {
        await using var served = await ServedNode.StartAsync(Failing());
        var coloured = await Command.RunAsync(["explain", "3", "--socket", served.Socket], colour: true);
        Assert.Contains("\e[31mstate", coloured.Output, StringComparison.Ordinal);
        Assert.Equal(await ExplainAsync(Failing(), "3"), coloured.Output.Replace("\e[31m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("17", "there is no device \"17\": the indices go from 0 to 7\n")]
    [InlineData("0000:5d:00.1", "there is no device \"0000:5d:00.1\" (did you mean 0000:5d:00.0?)\n")]
    [InlineData("GPU-00000000-0000-4000-8000-00000000000x", "(did you mean GPU-00000000-0000-4000-8000-000000000000?)\n")]
    [InlineData("nodes", "(did you mean node?)\n")]
    [InlineData("gpu", "there is no device \"gpu\"\n")]
    public async Task A_device_that_is_not_there(string name, string said)
    {
        await using var served = await ServedNode.StartAsync(JudgedNode.Build());
        var command = await Command.RunAsync(["explain", name, "--socket", served.Socket]);
        Assert.Equal(1, command.Code);
        Assert.Contains(said, command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_is_named_as_top_names_it()
        => Assert.Contains("judged with its card", await ExplainAsync(JudgedNode.Build().Cut(0, "1g.10gb"), "0:0"), StringComparison.Ordinal);

    [Fact]
    public async Task A_reset_that_clears_one_finding_is_not_hidden_by_the_diagnosis_that_another_asks_for()
    {
        var node = JudgedNode.Build();
        var pending = JudgedNode.RowRemapFailed(node, 3) with { Rule = "row-remap-pending", Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice) };
        var text = await ExplainAsync(node.Judge(3, HealthState.Degraded, JudgedNode.Hot(node, 3), pending), "3");
        Assert.Contains("nvidia-smi --gpu-reset -i 0000:5d:00.0", text, StringComparison.Ordinal);
        Assert.Contains("dcgmi diag", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_off_the_bus_is_not_diagnosed_for_what_is_mild_beside_that()
    {
        var node = JudgedNode.Build();
        var gone = JudgedNode.RowRemapFailed(node, 3) with { Rule = "device-lost", Severity = Severity.Failed, Actions = new(WorkAction.StopNow, RepairAction.RebootNode) };
        var text = await ExplainAsync(node.Judge(3, HealthState.Failed, gone, JudgedNode.Hot(node, 3) with { Severity = Severity.Watch }), "3");
        Assert.Contains("systemctl reboot", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dcgmi diag", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_command_can_be_copied_whole()
    {
        var node = JudgedNode.Build();
        var text = await ExplainAsync(node.Judge(3, HealthState.Failing, JudgedNode.RowRemapFailed(node, 3) with { Rule = "uncorrectable-memory-error", Key = 48 }), "3");
        Assert.Contains("   by hand:   forewarn clear 3 uncorrectable-memory-error --key 48 --reason \\\n                \"…\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lint_names_what_is_missing()
    {
        const string bare = "device 3\nstate         Failing since 03:12:07 (4 min)\n\n1. Failing: it is hot (hot)\n   seen       once\n\nWhat to do\n1. Pray.\n";
        Assert.Equal(
            ["no slot", "no serial", "no word of when it was last healthy", "no word of the jobs on it", "no number against its threshold: Failing: it is hot (hot)",
                "not what would clear it: Failing: it is hot (hot)", "not how to clear it by hand: Failing: it is hot (hot)",
                "no page of the runbook: Failing: it is hot (hot)", "no chance of failure with its origin: Failing: it is hot (hot)", "no command to run"],
            ExplainLint.Complaints(bare));
    }

    private static HandMadeNode Failing()
    {
        var node = JudgedNode.Build();
        return node.Judge(3, HealthState.Failing, JudgedNode.RowRemapFailed(node, 3)).Runs(3, new DeviceWorkload(Job, 8, 65_712_160_768));
    }

    private static async Task<string> ExplainAsync(HandMadeNode node, string device)
    {
        await using var served = await ServedNode.StartAsync(node);
        var command = await Command.RunAsync(["explain", device, "--socket", served.Socket]);
        Assert.Equal((0, ""), (command.Code, command.Error));
        return command.Output;
    }
}

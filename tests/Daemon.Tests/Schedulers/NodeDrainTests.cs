using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

public class NodeDrainTests
{
    private const string Here = "gpu-node-17";

    private readonly DummySlurm _slurm = new(10);

    [Fact]
    public async Task It_is_drained_with_our_name_and_looked_at_again()
    {
        Assert.Equal(new(true, "drained"), await DrainAsync());
        Assert.Equal("forewarn: device 3 is ill", _slurm[Here].Reason);
        Assert.Equal(["sinfo", "scontrol", "sinfo"], _slurm.Commands.Select(command => command.Split(' ')[0]));
    }

    [Fact]
    public async Task With_a_controller_nothing_is_even_asked()
    {
        Assert.Equal(new(false, "left to the controller c1:9798"), await DrainAsync(controller: "c1:9798"));
        Assert.Empty(_slurm.Commands);
    }

    [Fact]
    public async Task Observed_it_is_only_said()
    {
        Assert.Equal(new(false, "would be drained: [Slurm] Mode=observe"), await DrainAsync(SlurmMode.Observe));
        Assert.Equal("idle", _slurm[Here].State);
    }

    [Theory]
    [InlineData("drained")]
    [InlineData("draining*")]
    public async Task What_a_human_drained_keeps_its_reason(string state)
    {
        _slurm.Set(Here, state, "ann: fan | replaced tomorrow");
        Assert.Equal(new(true, "is drained by others, whose reason stays: ann: fan | replaced tomorrow"), await DrainAsync());
        Assert.Single(_slurm.Commands);
    }

    [Fact]
    public async Task What_we_drained_is_not_drained_again()
    {
        _slurm.Set(Here, "drained", "forewarn: device 3 is ill");
        Assert.Equal(new(true, "is drained"), await DrainAsync());
        Assert.Single(_slurm.Commands);
    }

    [Theory]
    [InlineData("down*", "not drained: it is down already")]
    [InlineData("maint", "not drained: it is maint already")]
    [InlineData("reboot^", "not drained: it is reboot already")]
    public async Task What_is_out_of_service_otherwise_is_left_alone(string state, string words)
    {
        _slurm.Set(Here, state);
        Assert.Equal(new(false, words), await DrainAsync());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Not_more_of_a_partition_than_the_site_lets(int away, bool drained)
    {
        for (var i = 1; i <= away; i++) _slurm.Set($"gpu-node-{17 + i}", i % 2 == 0 ? "down" : "drained");
        var outcome = await DrainAsync(share: 0.2);
        Assert.Equal(drained, outcome.IsDrained);
        if (!drained) Assert.Equal("not drained: 2 of 10 nodes of partition gpu are out of service, and MaxDrainedShare=0.2 leaves no more", outcome.Text);
    }

    [Fact]
    public async Task Nodes_of_other_partitions_do_not_count()
    {
        for (var i = 1; i < 9; i++) _slurm.Set($"gpu-node-{17 + i}", "down", partition: "cpu");
        Assert.True((await DrainAsync(share: 0.5)).IsDrained);
    }

    [Fact]
    public async Task A_node_that_slurm_does_not_know()
        => Assert.Equal(new(false, "not drained: sinfo knows no node gpu-node-99", true), await DrainAsync(node: "gpu-node-99"));

    [Fact]
    public async Task Without_an_answer_nothing_is_done()
    {
        _slurm.Ends.Enqueue(new(CommandEnd.TimedOut, 0, "", ""));
        Assert.Equal(new(false, "not drained: sinfo did not end within 2 s", true), await DrainAsync());
        _slurm.Ends.Enqueue(new(CommandEnd.NotStarted, 0, "", "No such file or directory"));
        Assert.Equal(new(false, "not drained: sinfo: No such file or directory", true), await DrainAsync());
        Assert.Equal("idle", _slurm[Here].State);
    }

    [Fact]
    public async Task A_refusal_of_slurm_is_told()
    {
        _slurm.Ends.Enqueue(null);
        _slurm.Ends.Enqueue(new(CommandEnd.Exited, 1, "", "slurm_update error: Access/permission denied\n"));
        Assert.Equal(new(false, "not drained: scontrol ended with 1: slurm_update error: Access/permission denied", true), await DrainAsync());
    }

    [Fact]
    public async Task Whoever_was_quicker_is_named()
    {
        _slurm.Meanwhile = () => _slurm.Set(Here, "drained", "ann: mine");
        Assert.Equal(new(true, "drained, by others too: ann: mine"), await DrainAsync());
    }

    [Fact]
    public void A_reason_of_several_lines_cannot_forge_a_node()
        => Assert.Equal(
            [new("n1", "gpu", "drained", "*", "bad"), new("n2", "gpu", "mixed", "", "")],
            SlurmNode.Read("n1|gpu|drained*|bad\nbroken, see |ticket|\nn2|gpu|mixed|none\n"));

    [Theory]
    [InlineData("gpu-node-17", true)] // the first by name
    [InlineData("gpu-node-18", false)]
    public async Task Of_nodes_that_drain_in_the_same_moment_no_more_stay_than_the_site_lets(string node, bool drained)
    {
        var other = node == Here ? "gpu-node-18" : Here;
        _slurm.Meanwhile = () => _slurm.Set(other, "drained", "forewarn: device 0 is ill");
        var outcome = await DrainAsync(share: 0.1, node: node);
        Assert.Equal(drained, outcome.IsDrained);
        Assert.Equal(drained ? "drained" : "idle", _slurm[node].State);
        if (!drained) Assert.Equal("not drained: other nodes of partition gpu were drained at the same time, and MaxDrainedShare=0.1 leaves no more", outcome.Text);
    }

    [Fact]
    public async Task What_a_human_drained_in_that_moment_counts_first()
    {
        _slurm.Meanwhile = () => _slurm.Set("gpu-node-26", "drained", "ann: fan");
        Assert.False((await DrainAsync(share: 0.1)).IsDrained);
        Assert.Equal("idle", _slurm[Here].State);
    }

    [Theory]
    [InlineData("maint", "a MAINT reservation")]
    [InlineData("maint*", "a MAINT reservation")]
    [InlineData("drained$", "a MAINT reservation")]
    [InlineData("allocated$", "a MAINT reservation")]
    [InlineData("reboot^", "a planned reboot")]
    [InlineData("draining@", "a planned reboot")]
    [InlineData("drained^", "a planned reboot")]
    [InlineData("allocated@", null)] // waits for its jobs, and gets new ones
    [InlineData("drained*", null)]
    [InlineData("idle", null)]
    public void What_is_maintenance(string state, string? why) => Assert.Equal(why, Assert.Single(SlurmNode.Read($"n1|gpu|{state}|none\n")).Maintenance);

    private async Task<DrainOutcome> DrainAsync(SlurmMode mode = SlurmMode.Auto, double share = 0.5, string controller = "", string node = Here)
    {
        var time = new ManualTimeProvider();
        var drain = new NodeDrain(DummySlurm.Options with { Mode = mode, MaxDrainedShare = share, Controller = controller }, _slurm, time)
            .ApplyAsync(node, "device 3 is ill", CancellationToken.None);
        if (!drain.IsCompleted) time.Advance(TimeSpan.FromSeconds(2)); // it lets others come before it looks again
        return await drain;
    }
}

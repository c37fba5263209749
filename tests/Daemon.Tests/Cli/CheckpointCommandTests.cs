using System.Text.Json;
using Forewarn.Daemon.Tests.Checkpoints;

namespace Forewarn.Daemon.Tests.Cli;

public sealed class CheckpointCommandTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    [Fact]
    public async Task Latest_prints_the_path_alone()
    {
        var name = Layouts.Build(_folder, "huggingface");
        var command = await RunAsync("latest", _folder.Root);
        Assert.Equal((0, _folder.PathOf(name) + "\n", ""), (command.Code, command.Output, command.Error));
    }

    [Fact]
    public async Task Latest_names_on_stderr_what_is_newer_and_why_it_is_not_taken()
    {
        var name = Layouts.Build(_folder, "megatron");
        File.Delete(_folder.PathOf($"{name}/mp_rank_01_001/distrib_optim.pt"));
        var command = await RunAsync("latest", _folder.Root);
        Assert.Equal((0, _folder.PathOf("iter_0000100") + "\n"), (command.Code, command.Output));
        Assert.Equal("forewarn: iter_0000200 is incomplete: mp_rank_01_001/distrib_optim.pt: is missing: other files tell of tp 0-1, pp 0-1\n", command.Error);
    }

    [Theory]
    [InlineData("empty", 4)]
    [InlineData("torn", 5)]
    [InlineData("absent", 1)]
    public async Task Its_exit_code_tells_none_from_none_that_is_whole(string what, int code)
    {
        if (what == "torn") _folder.Torch("step_1.pt").Cut("step_1.pt", 500);
        var command = await RunAsync("latest", what == "absent" ? _folder.PathOf("nowhere") : _folder.Root);
        Assert.Equal((code, ""), (command.Code, command.Output));
        Assert.NotEmpty(command.Error);
    }

    [Fact]
    public async Task Verify_says_what_was_checked_and_shards_of_a_kind_are_one_line()
    {
        var name = Layouts.Build(_folder, "megatron");
        var command = await RunAsync("verify", _folder.PathOf(name) + "/");
        Assert.Equal(0, command.Code);
        Assert.StartsWith($"{_folder.PathOf(name)}: complete\n  megatron, step 200, 8 files, ", command.Output, StringComparison.Ordinal);
        Assert.Contains("  mp_rank_*_*/distrib_optim.pt  4 files, ", command.Output, StringComparison.Ordinal);
        Assert.Contains("zip directory, * parts", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_every_fault_and_exits_5()
    {
        var name = Layouts.Build(_folder, "huggingface");
        File.Delete(_folder.PathOf($"{name}/trainer_state.json"));
        _folder.Cut($"{name}/model.safetensors", 100);
        var command = await RunAsync("verify", _folder.PathOf(name));
        Assert.Equal(5, command.Code);
        Assert.Contains("trainer_state.json: is missing", command.Output, StringComparison.Ordinal);
        Assert.Contains("model.safetensors:", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_it_all()
    {
        var name = Layouts.Build(_folder, "deepspeed");
        _folder.Text("latest", "global_step100");
        var command = await RunAsync("latest", _folder.Root, "--json");
        using var json = JsonDocument.Parse(command.Output);
        Assert.Equal(_folder.PathOf("global_step100"), json.RootElement.GetProperty("path").GetString());
        var newer = json.RootElement.GetProperty("checkpoints")[0];
        Assert.Equal((_folder.PathOf(name), "Incomplete"), (newer.GetProperty("path").GetString(), newer.GetProperty("completeness").GetString()));
        Assert.Equal("NotCommitted", newer.GetProperty("defects")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("latest", "/tmp", "--newer-than", "soon")]
    [InlineData("latest", "/tmp", "--ranks", "0")]
    [InlineData("latest", "/tmp", "--format", "tar")]
    [InlineData("latest", "/tmp", "--timeout", "0s")]
    [InlineData("advise", "--nodes", "8")]
    [InlineData("advise")]
    [InlineData("advise", "--fleet", "--job", "7")]
    [InlineData("advise", "--fleet", "--cost", "30s")]
    [InlineData("advise", "--nodes", "0", "--cost", "30s")]
    [InlineData("advise", "--nodes", "8", "--cost", "30s", "--failures", "3")]
    [InlineData("advise", "--nodes", "8", "--cost", "30s", "--failures", "0", "--node-days", "10")]
    public async Task A_wrong_command_line_exits_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    [Fact]
    public async Task Newer_than_takes_seconds_since_1970()
    {
        _ = Layouts.Build(_folder, "huggingface");
        var bound = CheckpointFolder.Now.AddMinutes(-30).ToUnixTimeSeconds();
        Assert.Equal(5, (await RunAsync("latest", _folder.Root, "--newer-than", $"@{bound}")).Code);
    }

    [Fact]
    public async Task Advice_names_the_interval_the_share_and_where_the_rate_comes_from()
    {
        var command = await RunAsync("advise", "--cost", "60s", "--nodes", "128", "--interval", "4h");
        Assert.Equal(0, command.Code);
        Assert.StartsWith("Checkpoint every 58 min: the job then makes progress in 96.", command.Output, StringComparison.Ordinal);
        Assert.Contains("2410.21680", command.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\s+4 h 0 min .* now$", command.Output);
        Assert.Matches(@"(?m)^\s+58 min .* best$", command.Output);
    }

    [Fact]
    public async Task The_sites_own_count_wins_and_its_uncertainty_is_said()
    {
        using var json = JsonDocument.Parse((await RunAsync("advise", "--cost", "60s", "--nodes", "10", "--failures", "4", "--node-days", "2000", "--json")).Output);
        Assert.Equal(0.002, json.RootElement.GetProperty("failures_per_node_day").GetDouble());
        Assert.Contains("±50 %", json.RootElement.GetProperty("rate_source").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<Command> RunAsync(params string[] arguments) => Command.RunAsync(["checkpoint", .. arguments], time: new FixedNow(CheckpointFolder.Now));

    /// <summary>The real clock runs the time-outs; what time it is, is the test's.</summary>
    private sealed class FixedNow(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

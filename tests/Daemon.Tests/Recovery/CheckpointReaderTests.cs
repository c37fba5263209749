using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Checkpoints;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>What the controller finds of a job's checkpoints: by the real child, in a real folder.</summary>
public sealed class CheckpointReaderTests : IDisposable
{
    private static readonly string Program = Path.Join(AppContext.BaseDirectory, "forewarn");
    private static readonly int Nobody = 65534;

    private readonly CheckpointFolder _folder = new();
    private readonly ManualTimeProvider _time = new(CheckpointFolder.Now);

    [Fact]
    public async Task The_newest_that_is_complete_is_found_with_its_step_and_when_it_was_written()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        Assert.Equal(new SeenCheckpoint(_folder.PathOf(name), 200, CheckpointFolder.Now.AddHours(-1)), (await ReadAsync(Job())).Newest);
    }

    [Fact]
    public async Task One_that_is_not_whole_yet_is_passed_over_for_the_one_before()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        File.Delete(_folder.PathOf($"{name}/__1_0.distcp"));
        Assert.Equal(100, (await ReadAsync(Job())).Newest!.Step);
    }

    [Fact]
    public async Task One_that_is_being_written_to_is_passed_over_until_it_rests_for_five_seconds()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _folder.Age($"{name}/.metadata", TimeSpan.FromSeconds(4));
        var reading = await ReadAsync(Job());
        Assert.Equal((100L, CheckpointFolder.Now.AddSeconds(1)), (reading.Newest!.Step, reading.Rested));
        _folder.Age($"{name}/.metadata", TimeSpan.FromSeconds(6));
        reading = await ReadAsync(Job());
        Assert.Equal((200L, null), (reading.Newest!.Step, reading.Rested));
    }

    [Fact]
    public async Task Only_the_format_that_was_declared_counts()
    {
        _ = Layouts.Build(_folder, "torch-distributed");
        Assert.Equal(new(null, IsReadable: true), await ReadAsync(Job() with { Contract = new() { Directory = _folder.Root, Format = "deepspeed" } }));
    }

    [Theory]
    [InlineData(null, true)] // nobody says how many there are, and names alone do not tell that the last is missing
    [InlineData(4, false)]
    [InlineData(3, true)]
    public async Task Shards_of_all_ranks_are_asked_for_where_its_owner_says_how_many_there_are(int? declared, bool isTaken)
    {
        for (var rank = 0; rank < 3; rank++) _folder.Torch($"step-100/rank_{rank}.pt");
        var job = Job() with { Contract = new() { Directory = _folder.Root, Ranks = declared } };
        Assert.Equal(isTaken, (await ReadAsync(job)).Newest is { Step: 100 });
    }

    [Fact]
    public async Task Nobody_elses_eyes_look_for_a_user_that_is_not_known()
    {
        var seen = Path.Join(_folder.Root, "asked");
        Assert.Equal(CheckpointReading.Failed, await ReadAsync(Job() with { UserId = -1 }, Script($"touch '{seen}'")));
        Assert.False(File.Exists(seen));
    }

    [RootFact]
    public async Task It_is_looked_for_as_the_jobs_user()
    {
        _ = Layouts.Build(_folder, "torch-distributed");
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)Convert.ToInt32("700", 8));
        Assert.Equal(CheckpointReading.Failed, await ReadAsync(Job() with { UserId = Nobody }));
        Assert.Equal(200, (await ReadAsync(Job())).Newest!.Step);
    }

    [Fact]
    public async Task A_file_server_that_hangs_costs_twenty_seconds_and_what_was_said_before_counts()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        var whole = (await new CheckpointExamination(Program, _time).RunAsync(
            new() { Root = _folder.Root, Now = CheckpointFolder.Now }, TimeSpan.FromMinutes(1), progress: null, CancellationToken.None)).Verdicts.First(verdict => verdict.IsComplete);
        var line = System.Text.Json.JsonSerializer.Serialize(new CheckpointLine { Verdict = whole }, CheckpointJson.Plain.CheckpointLine);
        _folder.Text("line", line + "\n");
        var said = Path.Join(_folder.Root, "said");
        // More than a pipe holds: once the child is past it, the line before it was taken in.
        var reading = ReadAsync(Job(), Script($"cat '{_folder.PathOf("line")}'; head -c 200000 /dev/zero | tr '\\0' x; touch '{said}'; exec sleep 600"));
        await Eventually.TrueAsync(() => File.Exists(said), TimeSpan.FromSeconds(30), "the child has said what it had seen");
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(_folder.PathOf(name), (await reading).Newest!.Path);
    }

    [Fact]
    public async Task Where_it_cannot_be_looked_nobody_says_that_there_is_none()
    {
        Assert.Equal(CheckpointReading.Failed, await ReadAsync(Job() with { Contract = new() { Directory = "/nonexistent/ckpt" } }));
        Assert.Equal(CheckpointReading.Failed, await ReadAsync(Job(), "/nonexistent/forewarn"));
        Assert.Equal(CheckpointReading.Failed, await ReadAsync(Job(), Script("kill -SEGV $$")));
    }

    public void Dispose() => _folder.Dispose();

    private Task<CheckpointReading> ReadAsync(ClusterJob job, string? program = null)
        => new CheckpointReader(new CheckpointExamination(program ?? Program, _time), _time, NullLogger.Instance).ReadAsync(job, CancellationToken.None);

    private ClusterJob Job() => new()
    {
        Id = "41",
        User = "ada",
        UserId = (int)Libc.EffectiveUser(),
        Partition = "gpu",
        Kind = JobKind.Batch,
        Phase = JobPhase.Running,
        Contract = new() { Directory = _folder.Root },
    };

    private string Script(string text)
    {
        var path = Path.Join(_folder.Root, "child.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        return path;
    }
}

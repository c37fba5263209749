using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Recovery;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

public class CheckpointWatchTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Before_the_first_look_has_ended_nothing_is_known_and_afterwards_whether_there_was_an_answer()
    {
        var answer = new TaskCompletionSource<CheckpointReading>();
        var watch = new CheckpointWatch((_, _) => answer.Task, _time);
        watch.Look([Job("1")], IsAwaited, default);
        Assert.Null(watch.Of("1").Read);
        answer.SetResult(new(null, IsReadable: true));
        await Eventually.TrueAsync(() => watch.Of("1") is { Read: not null, IsReadable: true, Newest: null }, Ample, "it was looked for, and there is none");
        Assert.Null(watch.Of("2").Read);
    }

    [Fact]
    public async Task What_was_seen_complete_stays_so_when_it_cannot_be_looked_at_for_a_moment()
    {
        var answers = new Queue<CheckpointReading>([new(new("/ckpt/1", 1, _time.GetUtcNow()), true), CheckpointReading.Failed]);
        var watch = new CheckpointWatch((_, _) => Task.FromResult(answers.Dequeue()), _time);
        watch.Look([Job("1")], IsAwaited, default);
        _time.Advance(TimeSpan.FromSeconds(5));
        watch.Look([Job("1")], IsAwaited, default);
        await Eventually.TrueAsync(() => watch.Of("1") is { IsReadable: false, Newest.Path: "/ckpt/1" }, Ample, "it is known, and cannot be looked at");
    }

    [Fact]
    public void Who_waits_is_told_when_it_was_looked_for_the_first_time_and_of_each_new_one()
    {
        var (told, answers) = (new List<int>(), new Queue<CheckpointReading>([new(null, true), new(null, true), new(new("/ckpt/1", 1, default), true), new(new("/ckpt/1", 1, default), true)]));
        var watch = new CheckpointWatch((_, _) => Task.FromResult(answers.Dequeue()), _time);
        watch.Changed = () => told.Add(answers.Count);
        while (answers.Count > 0)
        {
            watch.Look([Job("1")], IsAwaited, default);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([3, 1], told);
    }

    [Fact]
    public async Task What_lacks_nothing_but_rest_is_looked_at_again_when_it_has_had_it()
    {
        var begun = _time.GetUtcNow();
        var answers = new Queue<CheckpointReading>([new(null, true, Rested: begun.AddSeconds(3)), new(new("/ckpt/1", 1, begun.AddSeconds(-2)), true)]);
        var watch = new CheckpointWatch((_, _) => Task.FromResult(answers.Dequeue()), _time);
        watch.Look([Job("1")], IsAwaited, default);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(answers);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        await Eventually.TrueAsync(() => watch.Of("1").Newest is not null, Ample, "it is seen, though its turn has not come");
    }

    [Fact]
    public async Task What_nobody_wants_to_know_any_more_is_not_looked_at_again()
    {
        List<string> looked = [];
        var watch = new CheckpointWatch(
            (job, _) =>
            {
                lock (looked) looked.Add(job.Id);
                return Task.FromResult(new CheckpointReading(null, true, Rested: looked.Count < 3 ? _time.GetUtcNow().AddSeconds(3) : null));
            },
            _time);
        watch.Look([Job("1")], IsAwaited, default);
        watch.Look([Job("2")], IsAwaited, default); // 1 is forgotten
        _time.Advance(TimeSpan.FromSeconds(4));
        await Eventually.TrueAsync(() => watch.Of("2").Read == _time.GetUtcNow(), Ample, "2 is looked at again");
        Assert.Equal(["1", "2", "2"], looked);
    }

    [Fact]
    public async Task Of_many_jobs_two_are_looked_at_for_the_first_time_at_once_and_all_in_the_end()
    {
        var (running, most, go) = (0, 0, new TaskCompletionSource());
        var watch = new CheckpointWatch(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await go.Task;
                Interlocked.Decrement(ref running);
                return new(null, true);
            },
            _time);
        ClusterJob[] jobs = [.. Enumerable.Range(1, 20).Select(number => Job($"{number}"))];
        watch.Look(jobs, IsAwaited, default);
        Assert.Equal(2, Volatile.Read(ref running));
        go.SetResult();
        await Eventually.TrueAsync(() => jobs.All(job => watch.Of(job.Id).Read is not null), Ample, "each was looked at");
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_first_look_does_not_wait_for_looks_at_what_is_known()
    {
        List<string> running = [];
        var hangs = new TaskCompletionSource<CheckpointReading>();
        var watch = new CheckpointWatch(
            (job, _) =>
            {
                lock (running) running.Add(job.Id);
                return running.Count <= 5 || job.Id == "new" ? Task.FromResult(new CheckpointReading(null, true)) : hangs.Task;
            },
            _time);
        ClusterJob[] known = [.. Enumerable.Range(1, 5).Select(number => Job($"{number}"))];
        watch.Look(known, IsAwaited, default);
        await Eventually.TrueAsync(() => known.All(job => watch.Of(job.Id).Read is not null), Ample, "each was looked at");
        _time.Advance(TimeSpan.FromSeconds(2));
        watch.Look(known, IsAwaited, default);
        Assert.Equal(7, running.Count); // two of them hang, and three wait for them
        watch.Look([.. known, Job("new")], IsAwaited, default);
        await Eventually.TrueAsync(() => watch.Of("new").Read is not null, Ample, "what was never looked at goes first");
        hangs.SetResult(new(null, true));
    }

    [Fact]
    public void What_nobody_waits_for_is_looked_at_less_often()
    {
        List<string> looked = [];
        var watch = Noting(looked);
        for (var second = 0; second <= 10; second += 2)
        {
            watch.Look([Job("1"), Job("2")], static job => job == "1", default);
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal((6, 2), (looked.Count(job => job == "1"), looked.Count(job => job == "2")));
    }

    [Fact]
    public void Between_two_looks_only_what_is_new_is_looked_at_and_nothing_forgotten()
    {
        List<string> looked = [];
        var watch = Noting(looked);
        watch.Look([Job("1")], IsAwaited, default);
        _time.Advance(TimeSpan.FromMinutes(1));
        watch.LookAtNew([Job("1"), Job("2")], default);
        watch.LookAtNew([Job("3")], default);
        Assert.Equal(["1", "2", "3"], looked);
        Assert.All(looked, job => Assert.NotNull(watch.Of(job).Read));
    }

    private CheckpointWatch Noting(List<string> looked) => new(
        (job, _) =>
        {
            looked.Add(job.Id);
            return Task.FromResult(new CheckpointReading(null, true));
        },
        _time);

    private static bool IsAwaited(string job) => true;

    private static ClusterJob Job(string id) => new()
    {
        Id = id,
        User = "ada",
        Partition = "gpu",
        Kind = JobKind.Batch,
        Phase = JobPhase.Running,
        Contract = new() { Directory = "/ckpt" },
    };
}

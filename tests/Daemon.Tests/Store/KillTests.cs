using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>A real program that takes a kernel's log to the store, by the agent's own parts, is killed, watched and started again.</summary>
public class KillTests
{
    private const int Lanes = 4;

    // Own figure: what one life of the program is given to read, half of it one storm.
    private const int LinesOfOneLife = 120;

    // Of so many lives one is killed while it starts, before it has told of anything.
    private const int KilledAtStart = 8;

    [Fact(Timeout = 120_000)]
    public Task What_was_told_as_stored_survives_kills_and_nothing_is_missed_or_doubled() => SurvivesAsync(32);

    /// <summary>The same in full: a start is most of what a kill costs, some two minutes in all.</summary>
    [Fact(Timeout = 600_000)]
    [Trait("Category", "Slow")]
    public Task What_was_told_as_stored_survives_two_hundred_kills() => SurvivesAsync(200);

    [DebianFact("strace", "strace", Timeout = 60_000)]
    public async Task The_disk_has_an_event_before_the_first_byte_of_its_announcement_is_written()
    {
        using var folder = new TemporaryFolder();
        using var kernel = new TroubledKernel(0);
        kernel.Write(79, "the line of this test");
        var trace = Path.Join(folder.Path, "trace");
        // Strings as long as a frame of SQLite's log.
        await using var traced = RealProgram.Start(
            "strace", ["-f", "-y", "-s", "8192", "-o", trace, "-e", "trace=write,pwrite64,pwritev,fsync,fdatasync", DummyProgram.Path, kernel.Root, "1"], DummyProgram.Environment);
        Assert.Equal(0, await traced.Ended);
        var all = File.ReadAllLines(trace);
        var calls = all.TakeWhile(call => !call.Contains("\"told 1 1 durable", StringComparison.Ordinal)).ToList();
        Assert.True(calls.Count < all.Length, "the announcement is not in the trace");
        var written = calls.FindIndex(call => call.Contains("events.db-wal>", StringComparison.Ordinal) && call.Contains("the line of this test", StringComparison.Ordinal));
        Assert.True(written >= 0, "the event was not written to the log");
        Assert.True(HasSynced(calls.Skip(written + 1), "events.db-wal"), "the log was not synced before the event was told");
    }

    [Theory]
    [InlineData(true, "7 fdatasync(3</s/events.db-wal>) = 0")]
    [InlineData(true, "7 fdatasync(3</s/events.db-wal> <unfinished ...>", "8 write(1<pipe:[1]>, \"x\", 1) = 1", "7 <... fdatasync resumed>) = 0")]
    [InlineData(false, "7 fdatasync(3</s/events.db-wal>) = -1 EIO (Input/output error)")]
    [InlineData(false, "7 fdatasync(4</s/events.db>) = 0")]
    [InlineData(false, "7 fdatasync(3</s/events.db-wal> <unfinished ...>", "8 fsync(5</s/other> <unfinished ...>", "8 <... fsync resumed>) = 0")]
    [InlineData(false, "8 fsync(5</s/other> <unfinished ...>", "8 <... fsync resumed>) = 0")]
    [InlineData(false, "7 <... fdatasync resumed>) = 0", "7 fdatasync(3</s/events.db-wal> <unfinished ...>")]
    public void A_sync_is_seen_in_a_trace_when_it_returned_and_was_of_that_file(bool isSynced, params string[] calls) => Assert.Equal(isSynced, HasSynced(calls, "events.db-wal"));

    /// <summary>A call that waits stands in two lines, which the number of its thread joins; the second does not name the file.</summary>
    private static bool HasSynced(IEnumerable<string> calls, string file)
    {
        var waiting = new HashSet<string>();
        foreach (var call in calls)
        {
            var (thread, isReturned) = (call[..call.IndexOf(' ', StringComparison.Ordinal)], call.EndsWith("= 0", StringComparison.Ordinal));
            if (call.Contains("sync resumed>", StringComparison.Ordinal))
            {
                if (waiting.Remove(thread) && isReturned) return true;
            }
            else if (call.Contains("sync(", StringComparison.Ordinal) && call.Contains($"/{file}>", StringComparison.Ordinal))
            {
                if (isReturned) return true;
                if (call.EndsWith("<unfinished ...>", StringComparison.Ordinal)) waiting.Add(thread);
            }
        }

        return false;
    }

    /// <summary>The lanes are apart so that one's start overlaps another's work.</summary>
    private static async Task SurvivesAsync(int kills)
    {
        var told = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => KillAsync(lane, kills / Lanes)));
        // Not a test of programs that were killed before they did anything.
        Assert.True(told.Sum() > kills * 5, $"{told.Sum()} events were told by those that were killed");
    }

    /// <summary>Gives how many events those told that were killed.</summary>
    private static async Task<int> KillAsync(int lane, int kills)
    {
        using var kernel = new TroubledKernel(lane);
        var random = new Random(lane);
        var told = new Dictionary<long, long>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var dummy = RealProgram.Start(DummyProgram.Path, [kernel.Root], DummyProgram.Environment);
            await kernel.StormAsync(TimeSpan.FromMilliseconds(random.Next(300)), LinesOfOneLife / 4);
            if (kill % KilledAtStart != 0) await Eventually.TrueAsync(() => dummy.Output.Length > 0, TimeSpan.FromSeconds(20), $"life {kill} of lane {lane} tells of something");
            // From the first commits to some hundred later.
            await kernel.StormAsync(TimeSpan.FromMilliseconds(random.Next(20, 400)), LinesOfOneLife);
            dummy.Signal(TestKit.Processes.Kill);
            Assert.Equal(128 + TestKit.Processes.Kill, await dummy.Ended);
            Note(dummy.Output, told);
            Check(kernel, told, isEnd: false);
        }

        // What the last of the killed had left is taken too, and no more than that.
        var byTheKilled = told.Count;
        kernel.Write(79, "the last line");
        await using var last = RealProgram.Start(DummyProgram.Path, [kernel.Root, kernel.Last.ToString(CultureInfo.InvariantCulture)], DummyProgram.Environment);
        Assert.Equal(0, await last.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));
        Note(last.Output, told);
        Check(kernel, told, isEnd: true);
        return byTheKilled;
    }

    /// <summary>What was told, by number: the greatest count.</summary>
    private static void Note(string output, Dictionary<long, long> told)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            Assert.Equal("durable", words[3]);
            told[Number(words[1])] = Math.Max(told.GetValueOrDefault(Number(words[1])), Number(words[2]));
        }
    }

    private static void Check(TroubledKernel kernel, Dictionary<long, long> told, bool isEnd)
    {
        if (!File.Exists(EventStoreFile.PathIn(kernel.State))) return;
        using var store = SqliteEventStore.Open(EventStoreFile.PathIn(kernel.State));
        var stored = store.Read(new EventFilter(), int.MaxValue).ToDictionary(record => record.Id, record => record.Event);
        var missing = told.Where(one => !stored.TryGetValue(one.Key, out var happened) || happened.Count < one.Value).ToList();
        Assert.True(missing.Count == 0, $"told and not stored: {string.Join(' ', missing)}");
        // Each record of the kernel's log is in one event: what stands before the cursor was not missed, nothing was taken twice.
        var logged = stored.Values.Where(happened => happened.Cursor is not null).ToList();
        Assert.Equal(logged.Count, logged.Select(happened => happened.Cursor).Distinct().Count());
        var state = store.Load();
        Assert.Equal(stored.Keys.DefaultIfEmpty().Max(), state.LastId);
        var counted = logged.GroupBy(happened => (happened.Device!.PciAddress, happened.Code)).ToDictionary(group => group.Key, group => group.Sum(happened => happened.Count));
        var written = kernel.Written(kernel.Last);
        var behind = isEnd ? written : kernel.Written(state.Cursor?.Sequence ?? 0);
        Assert.Empty(behind.Where(kind => counted.GetValueOrDefault(kind.Key) < kind.Value).Select(kind => $"{kind.Key}: {counted.GetValueOrDefault(kind.Key)} of {kind.Value}"));
        Assert.Empty(counted.Where(kind => written.GetValueOrDefault(kind.Key) < kind.Value).Select(kind => $"{kind.Key}: {kind.Value} of {written.GetValueOrDefault(kind.Key)}"));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

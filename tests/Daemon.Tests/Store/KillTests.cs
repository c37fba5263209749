using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>A real program that stores events is killed, watched and started again.</summary>
public class KillTests
{
    private const int Lanes = 4;
    private const int Kills = 200;

    /// <summary>The lanes are apart so that one's start overlaps another's work: a start is most of what a kill costs.</summary>
    [Fact(Timeout = 120_000)]
    public async Task What_was_told_as_stored_survives_two_hundred_kills_and_nothing_is_missed_or_doubled()
    {
        var told = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(KillAsync));
        // Not a test of programs that were killed before they did anything.
        Assert.True(told.Sum() > Kills * 5, $"{told.Sum()} events were told in all");
    }

    [DebianFact("strace", "strace", Timeout = 60_000)]
    public async Task The_disk_has_an_event_before_the_first_byte_of_its_announcement_is_written()
    {
        using var folder = new TemporaryFolder();
        var trace = Path.Join(folder.Path, "trace");
        await using var traced = RealProgram.Start(
            "strace", ["-f", "-y", "-o", trace, "-e", "trace=write,pwrite64,pwritev,fsync,fdatasync", DummyProgram.Path, folder.Path, "1"], DummyProgram.Environment);
        Assert.Equal((0, "told 1 1 durable"), (await traced.Ended, traced.Output));
        var calls = File.ReadAllLines(trace).TakeWhile(call => !call.Contains("\"told 1 1 durable", StringComparison.Ordinal)).ToList();
        Assert.True(calls.Count < File.ReadAllLines(trace).Length, "the announcement is not in the trace");
        var written = calls.FindLastIndex(call => call.Contains("events.db-wal>", StringComparison.Ordinal) && call.Contains("write", StringComparison.Ordinal));
        Assert.True(written >= 0, "nothing was written to the log");
        Assert.Contains(calls.Skip(written + 1), HasSynced);

        // A call that waits may stand in two lines; what counts is its return, for the writer is the one thread that syncs.
        bool HasSynced(string call) =>
            call.EndsWith("= 0", StringComparison.Ordinal)
            && (call.Contains("events.db-wal>)", StringComparison.Ordinal) || call.Contains("sync resumed>", StringComparison.Ordinal))
            && call.Contains("sync", StringComparison.Ordinal);
    }

    private static async Task<int> KillAsync(int lane)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(lane);
        var told = new Dictionary<long, long>();
        for (var kill = 0; kill < Kills / Lanes; kill++)
        {
            await using var dummy = RealProgram.Start(DummyProgram.Path, [folder.Path], DummyProgram.Environment);
            // From before the file is open to some hundred commits later.
            await Pause.ForAsync(TimeSpan.FromMilliseconds(random.Next(100, 900)));
            dummy.Signal(TestKit.Processes.Kill);
            Assert.Equal(128 + TestKit.Processes.Kill, await dummy.Ended);
            foreach (var line in dummy.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ');
                Assert.Equal("durable", words[3]);
                told.Add(Number(words[1]), Number(words[2]));
            }

            Check(folder.Path, told);
        }

        return told.Count;
    }

    private static void Check(string directory, Dictionary<long, long> told)
    {
        if (!File.Exists(EventStoreFile.PathIn(directory))) return;
        using var store = SqliteEventStore.Open(EventStoreFile.PathIn(directory));
        var stored = store.Read(new EventFilter(), int.MaxValue).ToDictionary(record => record.Id, record => record.Event.Code);
        var missing = told.Where(one => !stored.TryGetValue(one.Key, out var number) || number != one.Value).ToList();
        Assert.True(missing.Count == 0, $"told and not stored: {string.Join(' ', missing)}");
        // Each record of the kernel's log is there once, and the cursor stands where they end: none was missed, none taken twice.
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(number => (long)number), stored.Values.Order());
        var state = store.Load();
        Assert.Equal((stored.Keys.DefaultIfEmpty().Max(), (ulong)stored.Count), (state.LastId, state.Cursor?.Sequence ?? 0));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

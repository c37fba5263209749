using Forewarn.Daemon.Files;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Store;

public sealed class EventStoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private string FilePath => EventStoreFile.PathIn(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_something_else_is_moved_aside_and_named()
    {
        File.WriteAllText(FilePath, new string('x', 8192));
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Equal([FilePath + ".corrupt-20260101T000000Z"], node.Aside);
        Assert.Equal(8192, new FileInfo(node.Aside[0]).Length);
        Assert.Equal(node.Aside, EventStoreFile.MovedAside(_folder.Path));
        node.Post();
        Assert.True(node.Writer.Turn());
    }

    [Fact]
    public void Numbers_go_on_beyond_those_that_went_with_a_broken_file()
    {
        File.WriteAllText(FilePath, new string('x', 8192));
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), node.LastId);
    }

    [Fact]
    public void Numbers_go_on_beyond_those_that_went_with_a_file_that_somebody_took_away()
    {
        File.WriteAllText(Path.Join(_folder.Path, "inventory-nvml.json"), "{}");
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), node.LastId);
    }

    [Fact]
    public void The_lock_of_a_first_start_is_no_sign_of_an_earlier_one()
    {
        using var held = StateLock.TryTake(_folder.Path, out _);
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Equal(0, node.LastId);
    }

    [Fact]
    public void Whoever_keeps_state_hears_of_each_file_that_was_made()
    {
        var made = 0;
        var file = new EventStoreFile(_folder.Path, NullLogger.Instance, _time) { Made = () => made++ };
        file.Open().Dispose();
        file.Open().Dispose();
        Assert.Equal(1, made);
        File.Delete(FilePath);
        file.Open().Dispose();
        Assert.Equal(2, made);
        File.WriteAllText(FilePath, new string('x', 8192));
        file.Open().Dispose();
        Assert.Equal(3, made);
    }

    [Fact]
    public void A_page_that_broke_is_found_when_the_file_is_opened()
    {
        Fill(200);
        Break(FilePath);
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Single(node.Aside);
        Assert.Empty(node.Writer.Read(new EventFilter(), 10));
    }

    [Fact]
    public void A_page_that_breaks_under_way_costs_the_file_and_nothing_that_happens_then()
    {
        Fill(2000); // more than the newest, which were read at the start and are remembered
        using var node = new StoredNode(_folder.Path, _time);
        Assert.Empty(node.Aside);
        Break(FilePath);
        Assert.Throws<EventStoreException>(() => node.Writer.Read(new EventFilter(), 1000));
        node.Post();
        Assert.True(node.Writer.Turn());
        Assert.Single(node.Aside);
        Assert.Equal([2001L], node.Writer.Read(new EventFilter(), 10).Select(record => record.Id));
    }

    /// <summary>Such a file is not looked through when it is opened.</summary>
    [Fact]
    public void A_large_file_that_breaks_where_it_is_written_is_moved_aside_too()
    {
        Fill(40, new string('e', 1 << 20));
        Assert.True(new FileInfo(FilePath).Length > 33 << 20);
        using var node = new StoredNode(_folder.Path, _time);
        Break(FilePath);
        node.Post();
        Assert.False(node.Writer.Turn());
        Assert.Empty(node.Aside);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(node.Writer.Turn());
        Assert.Single(node.Aside);
        Assert.Equal(0, node.Writer.Meter.Held);
        Assert.Equal([41L], node.Writer.Read(new EventFilter(), 10).Select(record => record.Id));
    }

    [Fact]
    public void Three_broken_files_are_kept()
    {
        for (var i = 0; i < 5; i++)
        {
            File.WriteAllText(FilePath, new string('x', 8192));
            new EventStoreFile(_folder.Path, NullLogger.Instance, _time).Open().Dispose();
            _time.Advance(TimeSpan.FromMinutes(1));
            File.Delete(FilePath);
        }

        Assert.Equal(["events.db.corrupt-20260101T000200Z", "events.db.corrupt-20260101T000300Z", "events.db.corrupt-20260101T000400Z"],
            EventStoreFile.MovedAside(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_a_refusal()
        => Assert.False(Assert.Throws<EventStoreException>(() => new EventStoreFile(Path.Join(_folder.Path, "none"), NullLogger.Instance, _time).Open()).IsDamaged);

    [MountFact]
    public async Task A_read_only_directory_is_a_refusal_and_events_are_told_until_it_can_be_written()
    {
        await using var disk = await SmallDisk.MountAsync("ro,size=1m");
        using var node = new StoredNode(disk.Path, _time);
        using var listener = node.Stream.Listen();
        node.Post(3);
        Assert.False(node.Writer.Turn());
        Assert.Equal([false, false, false], Durable(listener));
        Assert.NotNull(node.Writer.Meter.Refusal);
        await disk.RemountAsync("rw");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(node.Writer.Turn());
        Assert.Equal((0, 0, 3), (node.Writer.Meter.Held, node.Writer.Meter.Lost, node.Writer.Read(new EventFilter(), 10).Count));
    }

    [MountFact]
    public async Task A_full_disk_keeps_no_alarm_and_loses_no_event()
    {
        await using var disk = await SmallDisk.MountAsync("size=16m");
        using var node = new StoredNode(disk.Path, _time);
        using var listener = node.Stream.Listen();
        node.Post(10);
        Assert.True(node.Writer.Turn());
        disk.Fill();
        var refused = 0;
        for (var i = 0; i < 90; i++)
        {
            node.Post(10, new string('e', 2000));
            if (!node.Writer.Turn()) refused++;
        }

        Assert.InRange(refused, 1, 90);
        var told = Durable(listener);
        Assert.Equal((910, false), (told.Count, told[^1]));
        disk.Empty();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(node.Writer.Turn());
        Assert.Equal((0, 0), (node.Writer.Meter.Held, node.Writer.Meter.Lost));
        Assert.Equal(Enumerable.Range(1, 910).Select(id => (long)id), node.Writer.Read(new EventFilter(), 2000).Select(record => record.Id));
    }

    private void Fill(int events, string? text = null)
    {
        using var node = new StoredNode(_folder.Path, _time);
        node.Post(events, text);
        Assert.True(node.Writer.Turn());
    }

    /// <summary>From the second page on: the first, with the schema, still says that all is well.</summary>
    private static void Break(string path)
    {
        using var file = File.OpenWrite(path);
        file.Seek(4096, SeekOrigin.Begin);
        file.Write(Enumerable.Repeat((byte)0xa5, (int)file.Length - 4096).ToArray());
    }

    private static List<bool> Durable(Listener<Announcement> listener)
    {
        var told = new List<bool>();
        while (listener.Told.TryRead(out var one)) told.Add(one.IsDurable);
        return told;
    }
}

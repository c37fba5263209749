using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>What waits: in order, bounded in memory and on disk, and there again after a restart.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();
    private DeliveryView _meter = new("influx", "");

    private string Spool => Path.Join(_folder.Path, "spool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void While_all_is_well_nothing_touches_the_disk()
    {
        using var outbox = Open();
        Add(outbox, 1, 3);
        Assert.Equal([1, 2, 3], Drain(outbox));
        Assert.Empty(Files());
        Assert.Equal(0, _meter.HeldPoints);
    }

    [Fact]
    public void In_trouble_everything_waits_on_disk_and_keeps_its_place()
    {
        using var outbox = Open();
        Add(outbox, 1, 3);
        Assert.NotNull(outbox.Take());
        outbox.Secure();
        Add(outbox, 4, 3);

        Assert.Equal(6, Files().Length);
        Assert.Equal((60, 6), (_meter.HeldPoints, _meter.SpoolBatches));
        Assert.Equal(Files().Sum(file => new FileInfo(file).Length), _meter.SpoolBytes);
        Assert.Equal([1, 2, 3, 4, 5, 6], Drain(outbox));
        Assert.Empty(Files());
    }

    [Fact]
    public void A_restart_loses_nothing_and_goes_on_behind_it()
    {
        using (var before = Open())
        {
            Add(before, 1, 2);
            before.Secure();
        }

        using var outbox = Open();
        Assert.Equal((20, DateTimeOffset.FromUnixTimeSeconds(1)), (_meter.HeldPoints, _meter.OldestHeld));
        Add(outbox, 3, 2);
        outbox.Secure();
        Assert.Equal([1, 2, 3, 4], Drain(outbox));
    }

    [Fact]
    public void A_full_spool_loses_its_oldest_and_counts_their_points()
    {
        var size = SendingNode.BatchAt(1).Packed.Length;
        using var outbox = Open(mostDisk: (3 * size) + (size / 2));
        outbox.Secure();
        Add(outbox, 1, 8);

        Assert.Equal(3, Files().Length);
        Assert.Equal(50, _meter.Dropped(DropReason.SpoolFull));
        Assert.InRange(_meter.SpoolBytes, 1, (3 * size) + (size / 2));
        Assert.Equal((80, 30), (_meter.Taken, _meter.HeldPoints));
        Assert.Equal([6, 7, 8], Drain(outbox));
    }

    [Fact]
    public void What_is_being_sent_is_not_dropped()
    {
        var size = SendingNode.BatchAt(1).Packed.Length;
        using var outbox = Open(mostDisk: (3 * size) + (size / 2));
        Add(outbox, 1, 1);
        Assert.Equal(1, Second(outbox.Take()));
        outbox.Secure();
        Add(outbox, 2, 8);
        Assert.Equal([1, 8, 9], Directory.GetFiles(Spool).Order().Select(file => SpoolFile.Of(Path.GetFileName(file), 0)!.Sequence));
        outbox.Done();
        Assert.Equal([8, 9], Drain(outbox));
        Assert.Equal(60, _meter.Dropped(DropReason.SpoolFull));
    }

    [Fact]
    public void A_spool_that_was_made_smaller_is_cut_at_the_start()
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 4);
        }

        using var outbox = Open(mostDisk: 2 * SendingNode.BatchAt(1).Packed.Length + 10);
        Assert.Equal((2, 20), (_meter.SpoolBatches, _meter.Dropped(DropReason.SpoolFull)));
        Assert.Equal([3, 4], Drain(outbox));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_torn_file_is_moved_aside_and_the_others_go_on(double left)
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 3);
        }

        var torn = Files()[1];
        File.WriteAllBytes(torn, File.ReadAllBytes(torn)[..(int)(new FileInfo(torn).Length * left)]);
        using var outbox = Open();
        Assert.Equal([1, 3], Drain(outbox));

        Assert.Equal(10, _meter.Dropped(DropReason.SpoolDamaged));
        Assert.True(File.Exists(Path.Join(Spool, "aside", Path.GetFileName(torn))));
        Assert.Contains(Path.GetFileName(torn), Assert.Single(_log.With("a damaged file was moved aside, its 10 points")), StringComparison.Ordinal);
        Assert.Equal((0, 0), (_meter.HeldPoints, _meter.SpoolBytes));
    }

    [Fact]
    public void A_file_with_other_bytes_under_our_name_is_moved_aside()
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 2);
        }

        File.WriteAllBytes(Files()[0], SendingNode.BatchAt(1, 9).Packed.ToArray()); // good lines, but one is missing
        using var outbox = Open();
        Assert.Equal([2], Drain(outbox));
        Assert.Equal(10, _meter.Dropped(DropReason.SpoolDamaged));
    }

    [Fact]
    public void A_file_that_cannot_be_read_now_is_kept_until_it_can()
    {
        using var outbox = Open();
        outbox.Secure();
        Add(outbox, 1, 2);
        var hidden = Path.Join(_folder.Path, "hidden");
        var file = Files()[0];
        File.Move(file, hidden);
        Directory.CreateDirectory(file); // reading it is refused, and it is there
        Assert.ThrowsAny<UnauthorizedAccessException>(() => outbox.Take());

        Directory.Delete(file);
        File.Move(hidden, file);
        Assert.Equal([1, 2], Drain(outbox));
        Assert.Equal(0, _meter.Dropped(DropReason.SpoolDamaged));
    }

    [Fact]
    public void A_file_that_is_gone_is_counted_and_the_others_go_on()
    {
        using var outbox = Open();
        outbox.Secure();
        Add(outbox, 1, 2);
        File.Delete(Files()[0]);
        Assert.Equal([2], Drain(outbox));
        Assert.Equal(10, _meter.Dropped(DropReason.SpoolDamaged));
    }

    [Fact]
    public void A_foreign_file_and_one_that_was_being_written_are_moved_aside_at_the_start()
    {
        _folder.Write("spool/notes.txt", "mine");
        _folder.Write("spool/0000000000000007-1767225600000-40.lp.gz.new", "half of it");
        using var outbox = Open();

        Assert.Empty(Files());
        Assert.Equal(["0000000000000007-1767225600000-40.lp.gz.new", "notes.txt"],
            Directory.GetFiles(Path.Join(Spool, "aside")).Select(Path.GetFileName).Order());
        Assert.Equal((40, 40), (_meter.Taken, _meter.Dropped(DropReason.SpoolDamaged)));
        Assert.Single(_log.With("notes.txt"));
    }

    [Fact]
    public void Where_the_disk_refuses_points_wait_in_memory_up_to_its_bound()
    {
        _folder.Write("spool", "a file stands where the folder should be");
        using var outbox = Open(mostDisk: 1 << 30);
        outbox.Secure();
        var random = new Random(7);
        var large = new byte[1 << 20];
        random.NextBytes(large);
        for (var second = 1; second <= 9; second++) outbox.Add(new(large, 10, DateTimeOffset.FromUnixTimeSeconds(second)));

        Assert.Equal((40, 50), (_meter.HeldPoints, _meter.Dropped(DropReason.NoSpool)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(6), _meter.OldestHeld);
        Assert.Single(_log.With("the spool cannot be used"));

        File.Delete(Spool);
        Add(outbox, 10, 1);
        Assert.Equal((5, 50), (_meter.SpoolBatches, _meter.HeldPoints));
        Assert.Single(_log.With("the spool can be used again"));
    }

    [Fact]
    public void A_spool_that_is_found_late_is_counted_and_sent_first()
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 2);
        }

        var away = Path.Join(_folder.Path, "away");
        Directory.Move(Spool, away);
        _folder.Write("spool", "a file stands where the folder should be");
        using var outbox = Open();
        Add(outbox, 3, 1);
        outbox.Secure();
        Assert.Equal(0, _meter.SpoolBatches);

        File.Delete(Spool);
        Directory.Move(away, Spool);
        Add(outbox, 4, 1);
        Assert.Equal((4, 40, 40), (_meter.SpoolBatches, _meter.HeldPoints, _meter.Taken));
        Assert.Equal(Files().Sum(file => new FileInfo(file).Length), _meter.SpoolBytes);
        Assert.Equal([1, 2, 3, 4], Files().Select(file => SpoolFile.Of(Path.GetFileName(file), 0)!.Sequence));
        Assert.Equal([1, 2, 3, 4], Drain(outbox));
    }

    [Fact]
    public void What_was_written_and_not_yet_named_when_the_power_went_is_sent()
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 2);
        }

        File.Move(Files()[1], Files()[1] + SpoolFile.Draft);
        using var outbox = Open();
        Assert.Equal((Files().Sum(file => new FileInfo(file).Length), 2), (_meter.SpoolBytes, _meter.SpoolBatches));
        Assert.Equal([1, 2], Drain(outbox));
        Assert.Equal(0, _meter.Dropped(DropReason.SpoolDamaged));
    }

    [Fact]
    public void A_batch_that_the_spool_can_never_hold_costs_no_other()
    {
        var size = SendingNode.BatchAt(1).Packed.Length;
        using var outbox = Open(mostDisk: 3 * size);
        outbox.Secure();
        Add(outbox, 1, 2);
        var large = new byte[4 * size];
        new Random(7).NextBytes(large);
        outbox.Add(new(large, 10, DateTimeOffset.FromUnixTimeSeconds(3)));
        Assert.Equal((2, 30, 0), (_meter.SpoolBatches, _meter.HeldPoints, _meter.Dropped(DropReason.SpoolFull)));
    }

    [Fact]
    public void A_spool_that_was_switched_off_is_still_emptied()
    {
        using (var before = Open())
        {
            before.Secure();
            Add(before, 1, 2);
        }

        using var outbox = Open(mostDisk: 0);
        Assert.Equal(20, _meter.HeldPoints);
        Add(outbox, 3, 1);
        Assert.Equal([1, 2, 3], Drain(outbox));
        Assert.Empty(Files());
    }

    [Fact]
    public void What_the_disk_never_gives_out_is_moved_aside_in_the_end()
    {
        using var outbox = Open();
        outbox.Secure();
        Add(outbox, 1, 2);
        var file = Files()[0];
        File.Delete(file);
        File.CreateSymbolicLink(file, file); // every open ends in a loop
        for (var attempt = 1; attempt < 16; attempt++) Assert.ThrowsAny<IOException>(() => outbox.Take());
        Assert.Equal([2], Drain(outbox));
        Assert.Equal(10, _meter.Dropped(DropReason.SpoolDamaged));
        Assert.NotNull(new FileInfo(Path.Join(Spool, "aside", Path.GetFileName(file))).LinkTarget);
    }

    [Fact]
    public void Without_a_spool_memory_is_all_there_is()
    {
        using var outbox = Open(mostDisk: 0);
        outbox.Secure();
        Add(outbox, 1, 2);
        Assert.False(Directory.Exists(Spool));
        Assert.Equal([1, 2], Drain(outbox));
    }

    [Fact]
    public void Memory_that_is_full_goes_to_the_disk_though_the_server_is_well()
    {
        using var outbox = Open(mostDisk: 1 << 30);
        var large = new byte[1 << 20];
        new Random(7).NextBytes(large);
        for (var second = 1; second <= 4; second++) outbox.Add(new(large, 10, DateTimeOffset.FromUnixTimeSeconds(second)));
        Assert.Equal(0, _meter.SpoolBatches);
        outbox.Add(new(large, 10, DateTimeOffset.FromUnixTimeSeconds(5)));
        Assert.Equal((5, 50), (_meter.SpoolBatches, _meter.HeldPoints));
    }

    private void Add(Outbox outbox, int from, int count)
    {
        for (var second = from; second < from + count; second++)
        {
            var batch = SendingNode.BatchAt(second);
            _meter.CountTaken(batch.Points); // as the intake does
            outbox.Add(batch);
        }
    }

    private static long Second(Batch? batch) => batch!.Taken.ToUnixTimeSeconds();

    private static List<long> Drain(Outbox outbox)
    {
        var seconds = new List<long>();
        while (outbox.Take() is { } batch)
        {
            seconds.Add(Second(batch));
            Assert.Equal(10, batch.Lines()!.Count);
            outbox.Done();
        }

        return seconds;
    }

    private Outbox Open(long mostDisk = 1 << 20)
    {
        _meter = new("influx", "");
        var outbox = new Outbox(new SpoolFolder(Spool, _meter, _log), mostDisk, _meter);
        outbox.Recall();
        return outbox;
    }

    private string[] Files() => Directory.Exists(Spool) ? [.. Directory.GetFiles(Spool).Order(StringComparer.Ordinal)] : [];
}

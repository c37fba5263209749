using System.Globalization;
using Forewarn.Daemon.Replay;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>Saved kernel logs, from the file to the report, as <c>forewarn replay --kmsg</c> has it.</summary>
public class KernelReplayTests
{
    private static readonly int[] Noise = [13, 31, 43, 45];
    private static readonly int[] Hidden = [48, 79, 95];

    [Fact]
    public async Task Two_days_of_killed_programs_raise_nothing_above_watch()
    {
        var report = await Replayed.KernelAsync(new KernelStorm(1, 168_924, [45]).Lines);
        Assert.Equal((168_924, 0, 0, KernelStorm.Cards), (report.Events, report.Refused, report.Alarms, report.Devices));
        Assert.Empty(report.AboveWatch());
        Assert.InRange(report.To - report.From, TimeSpan.FromHours(40), TimeSpan.FromHours(56));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Mixed_storms_raise_nothing_above_watch(int seed)
    {
        var report = await Replayed.KernelAsync(new KernelStorm(seed, 20_000, Noise).Lines);
        Assert.Equal((20_000, 0), (report.Events, report.Alarms));
        Assert.Empty(report.AboveWatch());
    }

    [Fact]
    public async Task One_error_that_counts_is_found_in_the_longest_storm_of_all() => await FindAsync(7, 168_924, [45], 79);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(8, 48, true)]
    [InlineData(9, 95, false)]
    [InlineData(10, 79, true)]
    [InlineData(11, 48, false)]
    [InlineData(12, 95, true)]
    public async Task One_error_that_counts_is_found_in_the_longest_storms(int seed, int hidden, bool isMixed) => await FindAsync(seed, 168_924, isMixed ? Noise : [45], hidden);

    [Fact]
    public async Task One_error_that_counts_is_found_on_its_card_within_five_seconds()
    {
        for (var seed = 100; seed < 124; seed++) await FindAsync(seed, 2_000, seed % 2 == 0 ? [45] : Noise, Hidden[seed % 3]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task One_error_that_counts_is_found_whatever_the_storm()
    {
        for (var seed = 1000; seed < 1300; seed++) await FindAsync(seed, 3_000, seed % 2 == 0 ? [45] : Noise, Hidden[seed % 3]);
    }

    [Fact]
    public async Task A_machine_that_was_booted_again_goes_on_in_time_and_a_clock_that_is_broken_costs_none()
    {
        var report = await Replayed.KernelAsync(
        [
            Xid(1, TimeSpan.FromHours(30), 45),
            Xid(0, TimeSpan.FromSeconds(40), 79), // another boot
            Xid(1, TimeSpan.FromHours(9), 45),
            Xid(2, TimeSpan.FromDays(10_000), 45),
            "4,3,99999999999999999999,-;NVRM: Xid (PCI:0000:18:00): 45, pid=1, name=x, Ch 1",
            "4,4,18446744073709551615,-;NVRM: Xid (PCI:0000:18:00): 45, pid=1, name=x, Ch 1",
            Xid(5, TimeSpan.FromMinutes(1), 45),
        ]);
        var boot = Recording.UnknownBoot;
        Assert.All(report.AboveWatch(), line => Assert.InRange(line.Time, boot + TimeSpan.FromHours(30), boot + TimeSpan.FromHours(30.01)));
        Assert.Equal(KernelStorm.Address(0), report.AboveWatch()[0].PciAddress);
        Assert.Equal((6, 1), (report.Events, report.Alarms)); // the kernel has no such number as the fifth
        Assert.True(report.To > boot + TimeSpan.FromDays(10_000));
    }

    [Fact]
    public async Task What_is_no_record_is_counted_and_costs_nothing_else()
    {
        var report = await Replayed.KernelAsync(
        [
            "not a line of a kernel",
            $"4,1,100,-;{new string('x', 3_000_000)}",
            $"[{new string('9', 400)}.000000] NVRM: Xid (PCI:0000:18:00): 79, pid=1, name=x, GPU has fallen off the bus.",
            "[   12.345678] NVRM: Xid (PCI:0000:29:00): 79, pid=1, name=x, GPU has fallen off the bus.",
        ]);
        Assert.Equal((3, 1), (report.Refused, report.Events));
        Assert.Equal(KernelStorm.Address(1), Assert.Single(report.AboveWatch()).PciAddress);
    }

    /// <summary>The queue holds 1,024, and in a replay nobody empties it but who fills it.</summary>
    [Fact]
    public async Task A_record_of_two_thousand_lines_is_read()
    {
        var text = string.Concat(Enumerable.Range(1, 2000).Select(code => string.Create(CultureInfo.InvariantCulture, $"NVRM: Xid (PCI:0000:18:00): {2000 + code}, pid=1, name=x, y\\x0a")));
        Assert.Equal(2000, (await Replayed.KernelAsync([$"4,1,100,-;{text}"])).Events);
    }

    private static async Task FindAsync(int seed, int errors, int[] codes, int hidden)
    {
        var storm = new KernelStorm(seed, errors, codes, hidden);
        var report = await Replayed.KernelAsync(storm.Lines);
        Assert.Equal(errors + 1, report.Events);
        var alarms = report.AlarmOf(KernelStorm.Address(storm.HiddenCard), $"seed {seed}, Xid {hidden}");
        Assert.All(alarms, line => Assert.Contains($"Xid {hidden}", line.Text, StringComparison.Ordinal));
        Assert.InRange(alarms[0].Time - (Recording.UnknownBoot + storm.HiddenAt), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static string Xid(int sequence, TimeSpan at, int code)
        => string.Create(CultureInfo.InvariantCulture, $"4,{sequence},{(long)at.TotalMicroseconds},-;NVRM: Xid (PCI:0000:18:00): {code}, pid=1, name=x, GPU has fallen off the bus.");
}

using System.Globalization;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public class KernelFloodTests
{
    private const int PerTick = 1000; // 100,000 records/s in ticks of 10 ms
    private const int Ticks = 1000;

    /// <summary>
    /// Ten seconds, by the test's clock, of 100,000 records a second, read by one who is a little too slow, and now and then stands still. It is about what is
    /// told; neither time nor memory is measured here.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_a_million_records_no_Xid_that_could_be_read_is_lost(int seed)
    {
        var random = new Random(seed);
        using var ring = new KernelRing(capacity: 8192);
        var told = new Dictionary<(HealthEventKind Kind, long Code, int Link), long>();
        var bench = new KernelBench(ring, add: happened =>
        {
            var key = (happened.Kind, happened.Code, happened.Detail?.Link ?? -1);
            told[key] = told.GetValueOrDefault(key) + happened.Count;
        });
        for (var tick = 0; tick < Ticks; tick++)
        {
            for (var record = 0; record < PerTick; record++) ring.Write(Text(random, tick, record));
            for (var read = 0; read < PerTick - 20 && tick % 97 < 85; read++) bench.Reader.ReadOne();
            bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        bench.Drain();
        Assert.True(ring.Lost > 10_000, $"{ring.Lost} lost: nothing was overrun");
        Assert.Equal(ring.Lost, told[(HealthEventKind.KernelLogOverrun, 0, -1)]);
        Assert.Equal(1_000_000, bench.Meters.Records + bench.Meters.Lost);
        var readable = ring.Readable.Where(text => text.Key.StartsWith("NVRM: Xid", StringComparison.Ordinal)).ToList();
        Assert.True(readable.Count > 300);
        Assert.Equal(readable.Sum(text => (long)text.Value), told.Where(one => one.Key.Kind == HealthEventKind.DriverError).Sum(one => one.Value));
        foreach (var (text, count) in readable) Assert.True(told[Key(text)] >= count, text);
    }

    /// <summary>What is none of ours is most of a log. Measured is what the reading thread allocates of the collector's memory, none; nothing else.</summary>
    [Fact]
    public void Records_that_say_nothing_allocate_nothing()
    {
        using var log = new EndlessLog();
        var bench = new KernelBench(log);
        Assert.Equal(0, Probes.Allocated.By(() => Assert.True(bench.Reader.ReadOne())));
    }

    private static string Text(Random random, int tick, int record) => record switch
    {
        // One of a kind, of which each must be told.
        7 when tick % 3 == 0 => Xid(144 + (tick % 7), string.Create(CultureInfo.InvariantCulture, $"TREX Nonfatal XC0 i0 Link {tick / 3:00} (0x00000001)")),
        500 => random.Next(50) == 0 ? Xid(79, "GPU has fallen off the bus.") : Xid(48, "An uncorrectable double bit error"),
        _ => random.Next(4) switch
        {
            0 => Xid(45, "pid=1234, name=python, Ch 0000000a"),
            1 => Xid(13, "Graphics SM Warp Exception on (GPC 7, TPC 7, SM 0): Illegal Instruction Parameter"),
            2 => Xid(31, "Ch 00000010, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f2a_c0000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ"),
            _ => "usb 1-1: new high-speed USB device number 5 using xhci_hcd",
        },
    };

    private static string Xid(int code, string text) => string.Create(CultureInfo.InvariantCulture, $"NVRM: Xid (PCI:0000:81:00): {code}, {text}");

    private static (HealthEventKind Kind, long Code, int Link) Key(string text)
    {
        var code = long.Parse(text.Split("): ")[1].Split(',')[0], CultureInfo.InvariantCulture);
        var link = text.Contains("Link ", StringComparison.Ordinal) ? int.Parse(text.Split("Link ")[1].Split(' ')[0], CultureInfo.InvariantCulture) : -1;
        return (HealthEventKind.DriverError, code, link);
    }

    private sealed class EndlessLog : IKernelLog
    {
        public int Generation => 0;

        /// <summary>It is the same record each time.</summary>
        public bool NumbersOnlyGrow => false;

        public int Read(Span<byte> into, out Errno error)
        {
            error = Errno.None;
            var record = "6,7,100,-,caller=T1;usb 1-1: new high-speed USB device number 5 using xhci_hcd\n SUBSYSTEM=usb\n"u8;
            record.CopyTo(into);
            return record.Length;
        }

        public bool Rewind() => false;

        public void Wait(int milliseconds)
        {
            // There is always one.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}

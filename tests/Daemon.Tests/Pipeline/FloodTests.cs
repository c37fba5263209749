using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Daemon.Tests.Sources.Kernel;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>A kernel in trouble writes 100,000 records a second for ten seconds, from read(2) to what is posted to the store.</summary>
[Collection(MeasuredAlone.Name)]
public class FloodTests
{
    private const int PerTick = 1000;
    private const int Ticks = 1000; // of 10 ms
    private const int TicksASweep = 100;
    private const int Cards = 8;
    private const int Kinds = 300; // of Xids, each told once in the flood and once more at its end

    // Own figure, for what is retained: events that are open, the last of each kind that a card remembers, and what was posted.
    private const long MostRetained = 8L << 20;

    private readonly AssessedNode _node = new();
    private readonly DeviceView[] _cards;

    public FloodTests() => _cards = [.. Enumerable.Range(0, Cards).Select(card => _node.Find(Address(card), $"GPU-{card}"))];

    [Fact]
    public void No_sample_waits_no_event_is_lost_and_little_is_retained()
    {
        using var ring = new KernelRing(capacity: 8192);
        var reader = Reader(ring);
        Tick(ring, reader, 0);
        var retained = GC.GetTotalMemory(forceFullCollection: true);
        var deepest = 0;
        for (var tick = 1; tick <= Ticks; tick++)
        {
            Tick(ring, reader, tick);
            deepest = Math.Max(deepest, _node.Events.Meter.Depth);
            if (tick % TicksASweep == 0) Sweep();
            _node.Assessor.Turn();
            Assert.All(_cards, card => Assert.True(tick < TicksASweep || _node.Time.GetUtcNow() - card.LastSample < TimeSpan.FromSeconds(1), $"the sweep of tick {tick} waits"));
            _node.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        reader.Idle();
        _node.Pass(2);
        Assert.Equal((0, 0), (_node.Samples.Meter.Dropped, ring.Lost));
        Assert.InRange(deepest, 1, 100); // of 1,024: who reads the log never waited
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, retained + MostRetained);
        var told = _node.Batches.SelectMany(batch => batch.Events).Where(record => record.Event.Kind == HealthEventKind.DriverError).ToList();
        Assert.Equal((Ticks + 1) * PerTick, told.Sum(record => record.Growth));
        Assert.Equal(Enumerable.Range(1000, Kinds).Select(code => (long)code), told.Select(record => record.Event.Code).Where(code => code >= 1000).Distinct().Order());
        // What goes on is told once a second, so that neither disk nor reader sees the flood: some ten kinds on eight cards, and each rare one twice.
        Assert.InRange(told.Count, Kinds, 3000);
    }

    private static void Tick(KernelRing ring, KernelLogReader reader, int tick)
    {
        for (var record = 0; record < PerTick; record++) ring.Write(Line(tick, record));
        while (reader.ReadOne())
        {
            // All of them.
        }
    }

    private void Sweep()
    {
        foreach (var card in _cards)
        {
            var sample = _node.Samples.Rent();
            (sample.Device, sample.Group, sample.Time, sample.Generation, sample.Arrived) = (card.Device, SampleGroup.Fast, _node.Time.GetUtcNow(), 1, _node.Time.GetTimestamp());
            sample.Add(Reading.Of(SignalId.TemperatureGpu, 50));
            _node.Samples.Add(sample);
        }
    }

    private KernelLogReader Reader(KernelRing ring)
    {
        var devices = new KernelDevices(_node.View, _node.Time);
        var outlet = new KernelLogOutlet(_node.Events.Add, _node.Events.Advance, () => "boot-1", _node.Time, from: null);
        var time = new KernelTime(_node.Time, () => TimeSpan.Zero);
        return new KernelLogReader(ring, new KernelLines(devices), devices, time, new KernelLogView(_node.Time.GetUtcNow()), outlet);
    }

    private static string Line(int tick, int record)
    {
        var card = (tick + record) % Cards;
        var (code, said) = record == 7 ? (1000 + (tick % Kinds), "something that nobody has seen before") : (record % 4) switch
        {
            0 => (13, "Graphics SM Warp Exception on (GPC 7, TPC 7, SM 0): Illegal Instruction Parameter"),
            1 => (31, "Ch 00000010, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f2a_c0000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ"),
            2 => (43, "Ch 0000000a"),
            _ => (45, "Ch 0000000a"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"NVRM: Xid (PCI:{Address(card)[..^2]}): {code}, pid=1234, name=python, {said}");
    }

    private static string Address(int card) => string.Create(CultureInfo.InvariantCulture, $"0000:{0x18 + (card * 0x11):x2}:00.0");
}

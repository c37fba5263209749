using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Tests.History;

public class DeviceMemoryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly TestNode _node = new(1);

    private static DeviceHistory Loaded(byte[] memory, out MemoryState state)
    {
        var history = new DeviceHistory(new Device { Id = new DeviceId("GPU-0"), Vendor = new Vendor("nvidia"), PciAddress = "0000:18:00.0" }) { BootId = "b0070000-0000-4000-8000-000000000001" };
        state = history.Load(memory);
        return history;
    }

    private byte[] Filled()
    {
        for (var i = 0; i < 20; i++)
        {
            _node.Read(0, Reading.Of(SignalId.EccCorrected, 100 + (i * 3)), Reading.Of(SignalId.Energy, 1e6 + (i / 7.0)), Reading.Of(SignalId.TemperatureGpu, 50));
            _node.Card(0).Increase(SignalId.EccCorrected, Hour, _node.Now);
            _node.Now += TimeSpan.FromSeconds(30);
        }

        var detail = new EventDetail { Link = 3, Process = "python", Registers = [1, 0xffffffff], Advice = 4, NeedsReset = false };
        _node.Happen(0, HealthEventKind.DriverError, 74, "NVLink: fatal error", detail, 5);
        return TestNode.Saved(_node.Card(0));
    }

    [Fact]
    public void Counters_windows_and_events_are_as_they_were()
    {
        var history = Loaded(Filled(), out var state);
        Assert.Equal(MemoryState.Loaded, state);
        Assert.Equal(57, history.Increase(SignalId.EccCorrected, Hour, _node.Now));
        var (was, tally) = (_node.Card(0).Events[0], Assert.Single(history.Events));
        Assert.Equal((5, 5, was.First, was.Last, was.Began), (tally.Count, tally.InHour(_node.Now), tally.First, tally.Last, tally.Began));
        var (said, says) = (was.Latest.Detail!, tally.Latest.Detail!);
        Assert.Equal(said with { Registers = [] }, says with { Registers = [] });
        Assert.Equal(said.Registers.AsEnumerable(), says.Registers);
        Assert.Equal(was.Latest with { Detail = null, Device = null }, tally.Latest with { Detail = null, Device = null });
        Assert.Equal(NoDataReason.NotSupported, history.Last(SignalId.TemperatureGpu).Absence);
    }

    [Fact]
    public void An_event_that_still_goes_on_is_not_counted_twice()
    {
        var history = Loaded(Filled(), out _);
        history.Take(_node.Card(0).Events[0].Latest with { Count = 6 }, _node.Now);
        Assert.Equal(6, Assert.Single(history.Events).Count);
    }

    [Fact]
    public void Growth_while_nobody_looked_is_known_to_the_long_window()
    {
        _node.Restart();
        Filled();
        _node.Restart();
        _node.Now += TimeSpan.FromMinutes(30);
        _node.Read(0, SignalId.EccCorrected, 200);
        Assert.Equal((100, 0), (_node.Card(0).Increase(SignalId.EccCorrected, Hour, _node.Now), _node.Card(0).Restarts));
    }

    [Theory]
    [InlineData(2e6, 0)]
    [InlineData(5, 1)]
    public void Errors_that_were_cleared_while_nobody_looked_are_no_restart_while_the_energy_went_on(double joules, int restarts)
    {
        Filled();
        _node.Restart().Skip(60);
        _node.Read(0, Reading.Of(SignalId.EccCorrected, 0), Reading.Of(SignalId.Energy, joules), Reading.Of(SignalId.EccLifetimeCorrected, 0));
        _node.Read(0, SampleGroup.Slow, Reading.Of(SignalId.EccUncorrected, 0));
        Assert.Equal(restarts, _node.Card(0).Restarts);
    }

    [Fact]
    public void A_links_counters_that_fell_while_nobody_looked_tell_of_no_restart()
    {
        _node.Read(0, Reading.Of(SignalId.LinkErrorsReplay, 9, 2)).Restart().Skip(60).Read(0, Reading.Of(SignalId.LinkErrorsReplay, 0, 2));
        Assert.Equal(0, _node.Card(0).Restarts);
    }

    [Fact]
    public void After_another_boot_counters_begin_anew()
    {
        Filled();
        _node.Restart("b0070000-0000-4000-8000-000000000002").Read(0, SignalId.EccCorrected, 5000);
        Assert.Equal((57, 1), (_node.Card(0).Increase(SignalId.EccCorrected, Hour, _node.Now), _node.Card(0).Restarts));
    }

    [Fact]
    public void A_card_that_was_lost_before_the_restart_has_been_lost_all_the_time()
    {
        _node.Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Pass(600);
        var since = _node.Card(0).PresentSince;
        _node.Restart();
        Assert.Equal(since, _node.Card(0).PresentSince);
    }

    [Fact]
    public void A_clock_set_back_while_the_agent_did_not_run_makes_no_time_run_backwards()
    {
        Filled();
        _node.Now -= TimeSpan.FromDays(1);
        _node.Restart().Read(0, SignalId.EccCorrected, 157);
        Assert.Equal(57, _node.Card(0).Increase(SignalId.EccCorrected, Hour, _node.Card(0).Sampled), 1);
    }

    [Fact]
    public void Whatever_is_torn_is_refused_and_said()
    {
        var memory = Filled();
        for (var length = 0; length < memory.Length; length++)
        {
            var history = Loaded(memory[..length], out var state);
            Assert.Equal(length == 0 ? MemoryState.None : MemoryState.Torn, state);
            Assert.Empty(history.Events);
        }

        for (var place = 1; place < memory.Length; place++)
        {
            var torn = memory.ToArray();
            torn[place] ^= 0x20;
            Loaded(torn, out var state);
            Assert.Equal(MemoryState.Torn, state);
        }

        memory[0]++;
        Loaded(memory, out var other);
        Assert.Equal(MemoryState.OtherVersion, other);
    }

    [Fact]
    public void No_bytes_whatever_make_it_fail_though_their_sum_is_right()
    {
        var random = new Random(4);
        var whole = Filled();
        for (var turn = 0; turn < 5000; turn++)
        {
            var memory = whole.ToArray();
            for (var i = random.Next(1, 5); i > 0; i--) memory[random.Next(1, memory.Length)] = (byte)random.Next(256);
            if (turn % 3 == 0) memory = memory[..random.Next(6, memory.Length)];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(memory.AsSpan(memory.Length - 4), SignalName.Sum(memory.AsSpan(0, memory.Length - 4)));
            var history = Loaded(memory, out var state);
            if (state == MemoryState.Torn) Assert.Empty(history.Events);
            history.Increase(SignalId.EccCorrected, Hour, _node.Now);
            history.Take(_node.Card(0).Events[0].Latest with { Count = 9 }, _node.Now);
        }
    }

    [Fact]
    public void No_two_signals_have_the_same_name()
        => Assert.Equal(SignalCatalog.All.Length, SignalCatalog.All.Select(signal => SignalName.Of(signal.Id)).Distinct().Count());

    [Fact]
    public void A_card_with_everything_takes_less_than_20_KiB()
    {
        const int Links = 18; // of an H100
        var card = _node.Card(0);
        for (var turn = 0; turn < 40; turn++)
        {
            foreach (var signal in SignalCatalog.All.Where(signal => signal.Family.Kind == SignalKind.Counter))
            {
                var links = signal.InstanceLabel is null ? 1 : Links;
                // What carries data counts a lot on every link; errors come on two links and in some places of the memory.
                var carries = signal.Family.Unit is SignalUnit.Bytes or SignalUnit.Joules;
                _node.Read(0, signal.Group, [.. Enumerable.Range(0, links).Select(link => Reading.Of(signal.Id, carries ? 1.3e15 * (turn + 1) : link < 2 ? 999.0 * turn : 0, (ushort)link))]);
                if (carries) continue;
                for (ushort link = 0; link < links; link++)
                {
                    card.Increase(signal.Id, TimeSpan.FromMinutes(10), _node.Now, link);
                    if (links == 1) card.Increase(signal.Id, TimeSpan.FromDays(1), _node.Now, link);
                }
            }

            _node.Now += TimeSpan.FromMinutes(1);
        }

        for (var code = 0; code < 300; code++)
        {
            _node.Now += TimeSpan.FromMilliseconds(1);
            _node.Happen(0, HealthEventKind.DriverError, code, new string('x', 300), new EventDetail { Registers = [.. Enumerable.Repeat(uint.MaxValue, 20)], Process = "python3" }, 1000);
        }

        var memory = TestNode.Saved(card);
        Assert.InRange(memory.Length, 4_000, 20 * 1024 - 1);
        var history = Loaded(memory, out var state);
        Assert.Equal((MemoryState.Loaded, 299), (state, history.Events[^1].Latest.Code));
        Assert.Equal(300 - history.Events.Count, history.EventsLeftOut);
    }
}

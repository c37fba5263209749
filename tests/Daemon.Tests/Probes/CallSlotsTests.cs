using System.Buffers.Binary;
using System.Text;
using Forewarn.Daemon.Probes;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Probes;

public sealed class CallSlotsTests : IDisposable
{
    private static readonly byte[] Card = CallSlots.Tag("0000:5d:00.0");
    private static readonly byte[] Thermal = CallSlots.Tag("thermal");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CallSlots _slots;

    public CallSlotsTests()
    {
        _slots = CallSlots.Create(File);
        _time.Advance(Second); // a start of 0 means no call; a machine that runs has left that behind
    }

    private string File => Path.Combine(_folder.Path, "nvml.slots");

    public void Dispose()
    {
        _slots.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_file_is_three_slots_of_64_bytes()
    {
        var file = Path.Combine(_folder.Path, "one.slots");
        using (var slots = CallSlots.Create(file)) slots.Enter(ProbeLane.Slow, Card, Thermal, timestamp: 0x0102030405060708, deadlineMilliseconds: 10_000);
        var bytes = System.IO.File.ReadAllBytes(file);
        Assert.Equal(192, bytes.Length);
        Assert.All(bytes[..64], one => Assert.Equal(0, one));
        var slow = bytes[64..128];
        Assert.Equal(0x0102030405060708, BinaryPrimitives.ReadInt64LittleEndian(slow));          // 0  start
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(slow.AsSpan(8)));                // 8  calls so far
        Assert.Equal(10_000, BinaryPrimitives.ReadInt32LittleEndian(slow.AsSpan(12)));            // 12 deadline, ms
        Assert.Equal("0000:5d:00.0", Encoding.ASCII.GetString(slow, 16, 20).TrimEnd('\0'));       // 16 device
        Assert.Equal("thermal", Encoding.ASCII.GetString(slow, 36, 20).TrimEnd('\0'));            // 36 call
        Assert.All(slow[56..], one => Assert.Equal(0, one));                                      // 56 reserved
        Assert.All(bytes[128..], one => Assert.Equal(0, one));
    }

    [Fact]
    public void A_call_is_seen_from_the_other_mapping_until_it_returns()
    {
        using var agent = CallSlots.Open(File);
        Assert.Null(agent.Read(ProbeLane.Fast));
        _slots.Enter(ProbeLane.Fast, Card, Thermal, _time.GetTimestamp(), 1000);
        Assert.Equal(new CallInFlight("0000:5d:00.0", "thermal", _time.GetTimestamp(), Second), agent.Read(ProbeLane.Fast));
        Assert.Null(agent.Read(ProbeLane.Slow));
        _slots.Leave(ProbeLane.Fast);
        Assert.Null(agent.Read(ProbeLane.Fast));
    }

    [Fact]
    public void A_call_is_overdue_from_its_deadline_on()
    {
        _slots.Enter(ProbeLane.Events, Card, Thermal, _time.GetTimestamp(), 1000);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Null(_slots.Overdue(_time));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("thermal", _slots.Overdue(_time)?.Call);
        _slots.Leave(ProbeLane.Events);
        Assert.Null(_slots.Overdue(_time));
    }

    [Fact]
    public void Each_lane_has_its_own_deadline()
    {
        _slots.Enter(ProbeLane.Fast, Card, Thermal, _time.GetTimestamp(), 5000);
        _slots.Enter(ProbeLane.Slow, CallSlots.Tag("0000:18:00.0"), CallSlots.Tag("ecc"), _time.GetTimestamp(), 2000);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(("0000:18:00.0", "ecc"), _slots.Overdue(_time) is { } call ? (call.Device, call.Call) : default);
    }

    [Fact]
    public void A_guard_announces_and_measures_a_call()
    {
        var guard = new CallGuard(_slots, ProbeLane.Fast, _time);
        var start = guard.Enter(CallGuard.NoDevice, Thermal, Second);
        Assert.Equal("-", _slots.Read(ProbeLane.Fast)?.Device);
        _time.Advance(TimeSpan.FromMilliseconds(3));
        Assert.Equal(TimeSpan.FromMilliseconds(3), guard.Leave(start));
        Assert.Null(_slots.Read(ProbeLane.Fast));
    }

    [Fact]
    public void Names_are_cut_at_twenty_bytes()
    {
        _slots.Enter(ProbeLane.Fast, CallSlots.Tag("00000000:18:00.0-and-more"), CallSlots.Tag("exactly-twenty-bytes"), 1, 1000);
        Assert.Equal(("00000000:18:00.0-and", "exactly-twenty-bytes"), _slots.Read(ProbeLane.Fast) is { } call ? (call.Device, call.Call) : default);
    }

    [Fact]
    public void A_new_file_replaces_one_of_an_earlier_agent()
    {
        var path = _folder.Write("old.slots", new string('x', 500));
        using var slots = CallSlots.Create(path);
        Assert.Null(slots.Read(ProbeLane.Fast));
        Assert.Equal(192, new FileInfo(path).Length);
    }

    /// <summary>
    /// What is written must never be mixed up with what was there before. On x86-64 even code without barriers passes, since that does not
    /// reorder stores; on arm64 it would not.
    /// </summary>
    [Fact]
    public void A_reader_never_sees_half_of_one_call_and_half_of_another()
    {
        using var agent = CallSlots.Open(File);
        byte[][] devices = [CallSlots.Tag("aaaaaaaaaaaaaaaaaaaa"), CallSlots.Tag("bbbbbbbbbbbbbbbbbbbb")];
        byte[][] calls = [CallSlots.Tag("AAAAAAAAAAAAAAAAAAAA"), CallSlots.Tag("BBBBBBBBBBBBBBBBBBBB")];
        var done = false;
        var probe = new Thread(() =>
        {
            for (var turn = 1; turn <= 2_000_000; turn++) _slots.Enter(ProbeLane.Fast, devices[turn & 1], calls[turn & 1], turn, 1000 + (turn & 1));
            Volatile.Write(ref done, true);
        });
        probe.Start();
        while (!Volatile.Read(ref done))
        {
            if (agent.Read(ProbeLane.Fast) is not { } call) continue;
            var which = call.Start & 1;
            Assert.Equal((new string((char)('a' + which), 20), new string((char)('A' + which), 20), 1000 + which),
                (call.Device, call.Call, (long)call.Deadline.TotalMilliseconds));
        }

        probe.Join();
    }

    [Fact]
    public void The_next_look_is_due_when_the_first_call_in_flight_passes_its_deadline()
    {
        Assert.Equal(TimeSpan.MaxValue, _slots.UntilOverdue(_time));
        var (fast, slow) = (new CallGuard(_slots, ProbeLane.Fast, _time), new CallGuard(_slots, ProbeLane.Slow, _time));
        slow.Enter(Card, Thermal, Second * 10);
        var start = fast.Enter(Card, Thermal, Second);
        _time.Advance(TimeSpan.FromMilliseconds(899.5));
        Assert.Equal(TimeSpan.FromMilliseconds(101), _slots.UntilOverdue(_time)); // rounded down, it would be looked at a moment too soon
        _time.Advance(Second);
        Assert.Equal(TimeSpan.FromMilliseconds(1), _slots.UntilOverdue(_time));
        fast.Leave(start);
        Assert.Equal(TimeSpan.FromMilliseconds(8101), _slots.UntilOverdue(_time));
    }

    [Fact]
    public void Announcing_a_call_costs_no_memory()
    {
        var guard = new CallGuard(_slots, ProbeLane.Fast, _time);
        guard.Leave(guard.Enter(Card, Thermal, Second));
        Assert.Equal(0, Allocated.By(() => guard.Leave(guard.Enter(Card, Thermal, Second))));
    }
}

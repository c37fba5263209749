using System.Buffers;
using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests;

/// <summary>A node with a few cards and a clock of its own, before a judge that knows some rules: what a test says is read, and what comes of it is kept.</summary>
internal sealed class TestNode
{
    private const string Boot = "b0070000-0000-4000-8000-000000000001";

    private readonly List<Device> _inserted = [];
    private readonly Dictionary<DeviceHistory, int> _generations = [];
    private readonly Dictionary<string, RuleSettings> _settings = [];
    private readonly Sample _sample = new();

    public TestNode(int cards, params IHealthRule[] rules) : this(cards, new NodeHistory(Boot, Start - TimeSpan.FromDays(1)), rules)
    {
    }

    public TestNode(int cards, NodeHistory node, params IHealthRule[] rules)
    {
        Judge = new Judge(node, [.. rules]);
        for (var i = 0; i < cards; i++)
        {
            _inserted.Add(Made(i, $"GPU-{i}", $"16{i:00}"));
            Become(Card(i), DevicePresence.Measured);
        }
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Judge Judge { get; private set; }

    public NodeHistory Node => Judge.Node;

    /// <summary>The wall clock; a test may set it, forwards and back.</summary>
    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>Everything that was raised, changed or cleared, in order.</summary>
    public List<Transition> Transitions { get; } = [];

    /// <summary>What stands of a card now.</summary>
    public IReadOnlyList<Finding> Findings(int card = 0) => Judge.AssessmentOf(Card(card).Device.Id)?.Findings ?? [];

    public HealthState State(int card = 0) => Judge.AssessmentOf(Card(card).Device.Id)!.State;

    /// <summary>How often a finding was raised, changed or cleared so far.</summary>
    public int Told(HealthEventKind kind) => Transitions.Count(transition => transition.Kind == kind);

    public DeviceHistory Card(int index) => Node.Of(_inserted[index]);

    /// <summary>Puts another card, or the same one that tells more of itself, into a slot.</summary>
    public TestNode Insert(int slot, string id, string serial)
    {
        _inserted[slot] = Made(slot, id, serial);
        Become(Card(slot), DevicePresence.Measured);
        return this;
    }

    /// <summary>Reads these of a card, now.</summary>
    public TestNode Read(int card, params Reading[] readings) => Read(card, SampleGroup.Fast, readings);

    public TestNode Read(int card, SampleGroup group, params Reading[] readings) => Read(card, group, default, readings);

    /// <summary>A turn of the fast lane whose calls took so long.</summary>
    public TestNode Call(int card, TimeSpan took) => Read(card, SampleGroup.Fast, took);

    private TestNode Read(int card, SampleGroup group, TimeSpan took, params Reading[] readings)
    {
        _sample.Clear();
        (_sample.Group, _sample.Time, _sample.CounterGeneration) = (group, Now, _generations.GetValueOrDefault(Card(card), 1));
        _sample.CallTime = took;
        foreach (var reading in readings) _sample.Add(reading);
        Card(card).Take(_sample, Now);
        return this;
    }

    public TestNode Read(int card, SignalId signal, double value, ushort instance = 0) => Read(card, Reading.Of(signal, value, instance));

    /// <summary>From now on the card's counters count anew, as after a reset.</summary>
    public TestNode Reset(int card)
    {
        _generations[Card(card)] = _generations.GetValueOrDefault(Card(card), 1) + 1;
        return this;
    }

    public TestNode Become(DeviceHistory card, DevicePresence presence, NoDataReason absence = NoDataReason.None)
    {
        card.Become(presence, absence, Now);
        return this;
    }

    public TestNode Happen(int card, HealthEventKind kind, long code, string text = "", EventDetail? detail = null, long count = 1)
        => Tell(card, kind, code, text, detail, text, count, Now);

    /// <summary>What began then is told, for the first time or with more of it known.</summary>
    public TestNode Tell(int card, HealthEventKind kind, long code, string text, EventDetail? detail, string raw, long count, DateTimeOffset began)
    {
        Card(card).Take(
            new HealthEvent
            {
                Kind = kind,
                Device = Card(card).Device,
                Code = code,
                Text = text,
                BootId = Boot,
                FirstSeen = began,
                LastSeen = began,
                Source = "test",
                Detail = detail,
                Count = count,
                Raw = raw,
            },
            Now);
        return this;
    }

    /// <summary>The site sets a rule to this mode.</summary>
    public TestNode Set(IHealthRule rule, RuleMode mode)
    {
        _settings[rule.Sheet.Name] = new RuleSettings(mode, []);
        Judge.Configure(_settings);
        return this;
    }

    /// <summary>Lets time pass, with a question to the judge each second about every card and the node.</summary>
    public TestNode Pass(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            Now += TimeSpan.FromSeconds(Math.Min(1, (end - Now).TotalSeconds));
            Ask();
        }

        return this;
    }

    /// <summary>Lets time pass without a question.</summary>
    public TestNode Skip(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public TestNode Pass(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass that is watched, with as few questions as that takes.</summary>
    public TestNode Watch(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            Now += TimeSpan.FromSeconds(Math.Min(5, (end - Now).TotalSeconds));
            Ask();
        }

        return this;
    }

    /// <summary>Lets time pass that nobody watched, with one question at its end.</summary>
    public TestNode Leap(TimeSpan time)
    {
        Now += time;
        return Ask();
    }

    /// <summary>Lets time pass unasked, then asks about one card alone.</summary>
    public TestNode Leap(TimeSpan time, int card)
    {
        Now += time;
        Judge.Evaluate(Card(card), Now, Transitions);
        return this;
    }

    /// <summary>Asks the judge now.</summary>
    public TestNode Ask()
    {
        foreach (var card in Node.Devices.ToList()) Judge.Evaluate(card, Now, Transitions);
        Judge.Evaluate(Node.Self, Now, Transitions);
        return this;
    }

    /// <summary>The agent ends and starts again: what it remembers is written and read, findings come from what was told, as a store has it.</summary>
    public TestNode Restart(string boot = Boot, bool isMemoryLost = false)
    {
        var memories = Node.Devices.Append(Node.Self).ToDictionary(card => card.Device.Id.Value, Saved);
        var presences = Node.Devices.ToDictionary(card => card.Device.Id, card => (card.Presence, card.Absence));
        var node = new NodeHistory(boot, boot == Boot ? Node.Booted : Now);
        if (!isMemoryLost) node.Remember(memories);
        _generations.Clear();
        Judge = new Judge(node, Judge.Rules);
        Judge.Configure(_settings);
        foreach (var device in _inserted)
        {
            var (presence, absence) = presences.GetValueOrDefault(device.Id, (DevicePresence.Measured, NoDataReason.None));
            Become(node.Of(device), presence, absence);
        }

        foreach (var card in node.Devices.Append(node.Self).ToList())
            Judge.Recall(card, Replay.Open(Transitions).Where(finding => finding.Device == card.Device.Id), Now, Transitions);
        return this;
    }

    public static byte[] Saved(DeviceHistory card)
    {
        var writer = new ArrayBufferWriter<byte>();
        card.Save(writer, new MemoryScratch());
        return writer.WrittenSpan.ToArray();
    }

    private static Device Made(int slot, string id, string serial) => new()
    {
        Id = new DeviceId(id),
        Vendor = new Vendor("nvidia"),
        PciAddress = $"0000:{0x18 + slot:x2}:00.0",
        Index = slot,
        Serial = serial,
        Slot = slot + 1,
    };
}

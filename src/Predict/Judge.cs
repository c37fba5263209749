using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Peers;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict;

/// <summary>
/// Asks every rule about a device and keeps what they say: samples and events go in, transitions and assessments come out. Has no clock and no
/// disk; used by one thread. Times that go in are the wall clock's and may be set back; rules never see that.
/// </summary>
public sealed class Judge(NodeHistory node, ImmutableArray<IHealthRule> rules)
{
    private readonly Dictionary<DeviceHistory, DeviceCase> _cases = [];
    private readonly Dictionary<string, RuleFault> _faults = [];
    private readonly Verdicts _verdicts = new();
    private readonly Outranking _outranking = new(rules);
    private readonly RuleSettings[] _settings = [.. rules.Select(rule => RuleSettings.Default(rule.Sheet))];

    /// <summary>All that is remembered.</summary>
    public NodeHistory Node => node;

    /// <summary>The rules that are asked.</summary>
    public ImmutableArray<IHealthRule> Rules => rules;

    /// <summary>Rules that failed, by name.</summary>
    public IReadOnlyDictionary<string, RuleFault> Faults => _faults;

    /// <summary>What the site set, by rule name; rules that are not named keep what they have.</summary>
    public void Configure(IReadOnlyDictionary<string, RuleSettings> settings)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (settings.TryGetValue(rules[i].Sheet.Name, out var set)) _settings[i] = set;
        }
    }

    /// <summary>What is judged of a device; null when nothing is known of it.</summary>
    public Assessment? AssessmentOf(DeviceId device) => node.Find(device) is { } known ? _cases.GetValueOrDefault(known)?.Assessment : null;

    /// <summary>Asks all rules about a device, or about the node itself.</summary>
    public void Evaluate(DeviceHistory device, DateTimeOffset now, ICollection<Transition> transitions)
    {
        now = Begin(now, transitions);
        var known = Case(device, now);
        known.Follow(now, transitions);
        node.Compare(device);
        if (device != node.Self) PeerComparison.Take(device, node, now);
        device.Watch(device.Ledger.Begin(now), now, node.IsLogRead);
        var scope = device == node.Self ? RuleScope.Node : RuleScope.Device;
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Sheet.Scope == scope) Ask(rules[i], new Subject(device, node, _settings[i], now), transitions);
        }

        known.Reassess(node, now, transitions);
    }

    /// <summary>An operator clears a finding of a device; false when there is none such.</summary>
    public bool Dismiss(DeviceHistory device, string rule, long? key, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        now = Begin(now, transitions);
        var known = Case(device, now);
        if (!device.Ledger.Dismiss(rule, key, why, device.Device, now, transitions)) return false;
        known.Reassess(node, now, transitions);
        return true;
    }

    /// <summary>Takes findings that stood before a restart; those of rules that are no more are left out.</summary>
    public void Recall(DeviceHistory device, IEnumerable<Finding> findings, DateTimeOffset now) => Recall(device, findings, now, []);

    /// <summary>The same, and says of those that are left out that they are cleared.</summary>
    public void Recall(DeviceHistory device, IEnumerable<Finding> findings, DateTimeOffset now, ICollection<Transition> transitions)
    {
        now = Begin(now, transitions);
        var known = Case(device, now);
        foreach (var finding in findings)
        {
            if (rules.FirstOrDefault(rule => rule.Sheet.Name == finding.Rule) is { } rule) device.Ledger.Recall(finding, rule, device, node);
            else transitions.Add(new Transition(HealthEventKind.FindingCleared, device.Device, finding, HealthState.Unknown, HealthState.Unknown, "there is no such rule any more", node.Clock.Wall(now)));
        }

        known.Reassess(node, now, transitions);
    }

    /// <summary>A device was taken out of the node for good: its findings are closed, nothing of it is kept.</summary>
    public void Forget(DeviceHistory device, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        now = Begin(now, transitions);
        if (_cases.Remove(device, out var known)) known.End(why, node, now, transitions);
        node.Forget(device);
    }

    private void Ask(IHealthRule rule, in Subject subject, ICollection<Transition> transitions)
    {
        _verdicts.Clear();
        try
        {
            if (rule.Sheet.HasBootGrace && node.IsInGrace) _verdicts.Withhold();
            else if (subject.Settings.Mode != RuleMode.Off) rule.Evaluate(in subject, _verdicts);
            subject.Device.Ledger.Weigh(rule, in subject, _verdicts, transitions);
        }
#pragma warning disable CA1031 // Whatever a rule fails with, the others are asked.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _faults[rule.Sheet.Name] = new RuleFault(_faults.GetValueOrDefault(rule.Sheet.Name)?.Count + 1 ?? 1, fault);
        }
    }

    /// <summary>The judging time, with what was said of devices that left their places closed.</summary>
    private DateTimeOffset Begin(DateTimeOffset wall, ICollection<Transition> transitions)
    {
        var now = node.Clock.At(wall);
        node.Tick(now);
        while (node.Departures.TryDequeue(out var departure))
        {
            var (old, device) = (departure.Old.Device, departure.New);
            var why = departure.IsReplaced
                ? $"{device.Id} (serial {Known(device.Serial)}) is now at {device.PciAddress}, where {old.Id} (serial {Known(old.Serial)}) was"
                : $"the device is known as {device.Id} from now on";
            if (_cases.Remove(departure.Old, out var known)) known.End(why, node, now, transitions);
            if (departure.IsReplaced) transitions.Add(new Transition(HealthEventKind.DeviceReplaced, device, null, HealthState.Unknown, HealthState.Unknown, why, node.Clock.Wall(now)));
        }

        return now;
    }

    private DeviceCase Case(DeviceHistory device, DateTimeOffset now)
    {
        if (_cases.TryGetValue(device, out var known)) return known;
        return _cases[device] = new DeviceCase(device, _outranking, now);
    }

    private static string Known(string serial) => serial.Length > 0 ? serial : "unknown";
}

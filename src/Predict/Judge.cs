using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Peers;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict;

/// <summary>
/// Asks every rule about a device and keeps what they say: samples and events go in, transitions and assessments come out. Has no clock and no
/// disk; used by one thread.
/// </summary>
public sealed class Judge(NodeHistory node, ImmutableArray<IHealthRule> rules)
{
    private readonly Dictionary<DeviceId, DeviceCase> _cases = [];
    private readonly Verdicts _verdicts = new();
    private ImmutableDictionary<string, RuleSettings> _settings = rules.ToImmutableDictionary(rule => rule.Sheet.Name, rule => RuleSettings.Default(rule.Sheet));

    /// <summary>All that is remembered.</summary>
    public NodeHistory Node => node;

    /// <summary>The rules that are asked.</summary>
    public ImmutableArray<IHealthRule> Rules => rules;

    /// <summary>What the site set, by rule name; rules that are not named keep what they have.</summary>
    public void Configure(IReadOnlyDictionary<string, RuleSettings> settings) => _settings = _settings.SetItems(settings);

    /// <summary>What is judged of a device; null when nothing is known of it.</summary>
    public Assessment? AssessmentOf(DeviceId device) => _cases.GetValueOrDefault(device)?.Assessment;

    /// <summary>Asks all rules about a device, or about the node itself.</summary>
    public void Evaluate(DeviceHistory device, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var scope = device == node.Self ? RuleScope.Node : RuleScope.Device;
        var known = Case(device, now);
        if (scope == RuleScope.Device) PeerComparison.Take(device, node, now);
        foreach (var rule in rules)
        {
            if (rule.Sheet.Scope != scope) continue;
            var subject = new Subject(device, node, _settings[rule.Sheet.Name], now);
            _verdicts.Clear();
            if (subject.Settings.Mode != RuleMode.Off) rule.Evaluate(in subject, _verdicts);
            known.Ledger.Weigh(rule, in subject, _verdicts, transitions);
        }

        known.Reassess(node, now, transitions);
    }

    /// <summary>An operator clears a finding of a device; false when there is none such.</summary>
    public bool Dismiss(DeviceHistory device, string rule, long? key, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var known = Case(device, now);
        if (!known.Ledger.Dismiss(rule, key, why, device.Device, now, transitions)) return false;
        known.Reassess(node, now, transitions);
        return true;
    }

    /// <summary>Takes findings that stood before a restart; those of rules that are no more are left out.</summary>
    public void Recall(DeviceHistory device, IEnumerable<Finding> findings, DateTimeOffset now)
    {
        var known = Case(device, now);
        foreach (var finding in findings)
        {
            if (rules.FirstOrDefault(rule => rule.Sheet.Name == finding.Rule) is { } rule) known.Ledger.Recall(finding, rule);
        }

        known.Reassess(node, now, []);
    }

    private DeviceCase Case(DeviceHistory device, DateTimeOffset now)
    {
        if (_cases.TryGetValue(device.Device.Id, out var known)) return known;
        return _cases[device.Device.Id] = new DeviceCase(device, now);
    }
}

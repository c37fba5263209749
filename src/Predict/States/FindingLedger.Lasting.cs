using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>What comes from outside the questions: restarts of the agent, other modes, another identity.</summary>
public sealed partial class FindingLedger
{
    /// <summary>The same, with what the history knows of restarts since it was last seen.</summary>
    internal void Recall(Finding finding, IHealthRule rule, DeviceHistory? device, NodeHistory? node)
    {
        var open = Find(rule.Sheet.Name, finding.Key);
        if (open is null)
        {
            // Only the finding was stored: it was last told then, and nothing is known of what came after.
            var isRestarted = device is not null && (device.CountersBegan > finding.LastSeen || node?.DriverLoaded > finding.LastSeen);
            _open.Add(open = new OpenFinding(rule.Sheet.Name, finding.Key, finding.FirstSeen)
            {
                Held = finding.LastSeen,
                HeldFor = TimeSpan.FromSeconds(rule.Sheet.Debounce.Most), // it was told: no delay is before it
                Count = finding.Count,
                BootId = finding.BootId,
                Restarts = isRestarted ? -1 : device?.Restarts ?? 0,
                Told = new Verdict(finding.Key, finding.Evidence is [{ Value: { } value }, ..] ? value : 0, finding.Evidence is [{ Threshold: { } threshold }, ..] ? threshold : 0),
            });
        }

        if (open.Dismissed is not null) return;
        (open.Finding, open.GraveAt) = (finding, finding.LastSeen);
        Version++;
    }

    /// <summary>The device has told who it is: what was said under its provisional name is said under the new one.</summary>
    internal void Rename(Device before, Device after, DateTimeOffset now, ICollection<Transition> transitions)
    {
        foreach (var open in _open)
        {
            if (open.Finding is not { } finding) continue;
            transitions.Add(Change(HealthEventKind.FindingCleared, before, finding, $"the device is known as {after.Id} from now on", now));
            open.Finding = AsOfNow(open, finding) with { Device = after.Id, Serial = after.Serial };
            transitions.Add(Change(HealthEventKind.FindingRaised, after, open.Finding, finding.Summary, now));
        }

        Version++;
    }

    internal void Save(MemoryWriter memory)
    {
        memory.Time(_asked);
        memory.Number(_open.Count);
        foreach (var open in _open) open.Save(memory);
    }

    internal void Load(ref MemoryReader memory)
    {
        _asked = memory.Time();
        for (var left = memory.Count(); left > 0 && !memory.IsTorn; left--) _open.Add(OpenFinding.Load(ref memory));
    }

    internal void Clear()
    {
        _open.Clear();
        _asked = default;
        Version++;
    }

    /// <summary>A round of questions begins: what was watched since the one before passes; how much that is.</summary>
    internal TimeSpan Begin(DateTimeOffset now)
    {
        _step = _asked == default ? TimeSpan.Zero : _pace.Take(now - _asked);
        _asked = now;
        return _step;
    }

    private void SwitchOff(string rule, in Subject subject, ICollection<Transition> transitions)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Rule != rule) continue;
            if (_open[i].Finding is not null) Close(_open[i], subject.Device.Device, "the rule was switched off", subject.Now, transitions);
            if (_open[i].Dismissed is null) _open.RemoveAt(i);
        }
    }

    private void Observe(OpenFinding open, Finding finding, in Subject subject, ICollection<Transition> transitions)
    {
        var isObserved = subject.Settings.Mode == RuleMode.Observe;
        if (finding.IsObserved == isObserved) return;
        open.Finding = AsOfNow(open, finding) with { IsObserved = isObserved };
        Version++;
        var why = isObserved ? "the rule only observes from now on" : "the rule counts from now on";
        transitions.Add(Change(HealthEventKind.FindingChanged, subject.Device.Device, open.Finding, why, subject.Now));
    }
}

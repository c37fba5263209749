using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>
/// The findings of one device: what rules say is raised when it has held long enough, and cleared when its evidence is gone and its latch is
/// open; never by age alone.
/// </summary>
public sealed class FindingLedger
{
    // Own figure: numbers move with every sample; a finding's words need not.
    private static readonly TimeSpan WordAgain = TimeSpan.FromSeconds(10);

    private readonly List<OpenFinding> _open = [];

    /// <summary>The findings that stand, in the order in which they were raised.</summary>
    public IEnumerable<Finding> Findings => _open.Where(open => open.Finding is not null).Select(open => open.Finding!);

    /// <summary>Counts what was raised, changed or cleared; who shows findings looks at it.</summary>
    public long Version { get; private set; }

    /// <summary>Takes what a rule says now.</summary>
    public void Weigh(IHealthRule rule, in Subject subject, Verdicts verdicts, ICollection<Transition> transitions)
    {
        foreach (var open in _open) open.IsMentioned = open.Rule != rule;
        for (var i = 0; i < verdicts.Held.Count; i++) Hold(rule, in subject, verdicts.Held[i], transitions);
        if (verdicts.IsWithheld) return;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (!_open[i].IsMentioned) Miss(_open[i], in subject, transitions);
        }
    }

    /// <summary>An operator's word. False when there is no such finding.</summary>
    public bool Dismiss(string rule, long? key, string why, Device device, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var found = _open.Where(open => open.Finding is not null && open.Rule.Sheet.Name == rule && (key is null || open.Key == key)).ToList();
        foreach (var open in found)
        {
            Close(open, device, why, now, transitions);
            open.Dismissed = (now, open.Told.Value);
        }

        return found.Count > 0;
    }

    /// <summary>Another card is in the slot: what was said of the old one is closed.</summary>
    public void CloseAll(Device device, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        foreach (var open in _open.Where(open => open.Finding is not null)) Close(open, device, why, now, transitions);
        _open.Clear();
    }

    /// <summary>Takes a finding that stood before a restart.</summary>
    public void Recall(Finding finding, IHealthRule rule)
    {
        _open.Add(new OpenFinding(rule, finding.Key, finding.FirstSeen)
        {
            Held = finding.LastSeen,
            Finding = finding,
            Told = new Verdict(finding.Key, finding.Evidence is [{ Value: { } value }, ..] ? value : 0, 0) { Severity = finding.Severity },
        });
        Version++;
    }

    private void Hold(IHealthRule rule, in Subject subject, in Verdict verdict, ICollection<Transition> transitions)
    {
        var open = Find(rule, verdict.Key);
        if (open is null) _open.Add(open = new OpenFinding(rule, verdict.Key, verdict.Since ?? subject.Now));
        else if (open.Gone is not null && open.Finding is null) open.Since = verdict.Since ?? subject.Now;
        (open.IsMentioned, open.Gone, open.Held) = (true, null, verdict.Last ?? subject.Now);
        if (open.Dismissed is { } dismissed)
        {
            if (verdict.Last is { } last ? last <= dismissed.At : verdict.Value <= dismissed.Value) return;
            open.Dismissed = null;
        }

        if (open.Finding is null)
        {
            if (subject.Now - open.Since < rule.Sheet.Debounce) return;
            Tell(open, in subject, in verdict, HealthEventKind.FindingRaised, transitions);
        }
        else if ((verdict.Severity ?? rule.Sheet.Severity) != open.Finding.Severity || open.Finding.IsObserved != (subject.Settings.Mode == RuleMode.Observe))
        {
            Tell(open, in subject, in verdict, HealthEventKind.FindingChanged, transitions);
        }
        else if (verdict != open.Told && subject.Now - open.Finding.LastSeen >= WordAgain)
        {
            Tell(open, in subject, in verdict, null, transitions);
        }
    }

    private void Tell(OpenFinding open, in Subject subject, in Verdict verdict, HealthEventKind? kind, ICollection<Transition> transitions)
    {
        var sheet = open.Rule.Sheet;
        var words = open.Rule.Word(in subject, in verdict);
        open.Told = verdict;
        open.Finding = new Finding
        {
            Rule = sheet.Name,
            Key = open.Key,
            Device = subject.Device.Device.Id,
            Severity = verdict.Severity ?? sheet.Severity,
            Actions = verdict.Actions ?? sheet.Actions,
            Summary = words.Summary,
            Evidence = words.Evidence,
            ClearedBy = words.ClearedBy ?? sheet.ClearedBy,
            Latch = verdict.Latch ?? sheet.Latch,
            IsObserved = subject.Settings.Mode == RuleMode.Observe,
            Probability = sheet.Probability,
            FirstSeen = open.Since,
            LastSeen = open.Held,
            Count = verdict.Count > 0 ? verdict.Count : (open.Finding?.Count ?? 0) + 1,
            BootId = open.Finding?.BootId ?? subject.Node.BootId,
            Serial = subject.Device.Device.Serial,
        };
        Version++;
        if (kind is { } told) transitions.Add(Change(told, subject.Device.Device, open.Finding, words.Summary, subject.Now));
    }

    /// <summary>Nothing is concluded from a device that is not measured: its evidence is not gone, only unseen.</summary>
    private void Miss(OpenFinding open, in Subject subject, ICollection<Transition> transitions)
    {
        if (open.Finding is null)
        {
            _open.Remove(open);
            return;
        }

        open.Gone ??= subject.Now;
        if (subject.Now - open.Gone < open.Rule.Sheet.ClearAfter || !IsUnlatched(open.Finding, in subject)) return;
        Close(open, subject.Device.Device, "its cause is gone", subject.Now, transitions);
        _open.Remove(open);
    }

    private static bool IsUnlatched(Finding finding, in Subject subject) => finding.Latch switch
    {
        // What asked for a reset or a reboot, and now asks for nothing, has seen one.
        Latch.Reset or Latch.Reboot when DriverAdvice.Withdrawn(subject.Device) > finding.LastSeen => true,
        Latch.Reset => finding.BootId != subject.Node.BootId || subject.Node.DriverLoaded > finding.LastSeen || subject.Device.CountersBegan > finding.LastSeen,
        Latch.Reboot => finding.BootId != subject.Node.BootId,
        Latch.Repair => finding.Serial != subject.Device.Device.Serial,
        _ => true,
    };

    private void Close(OpenFinding open, Device device, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        transitions.Add(Change(HealthEventKind.FindingCleared, device, open.Finding!, why, now));
        open.Finding = null;
        Version++;
    }

    private static Transition Change(HealthEventKind kind, Device device, Finding finding, string why, DateTimeOffset now)
        => new(kind, device, finding, HealthState.Unknown, HealthState.Unknown, why, now);

    private OpenFinding? Find(IHealthRule rule, long key)
    {
        foreach (var open in _open)
        {
            if (open.Rule == rule && open.Key == key) return open;
        }

        return null;
    }
}

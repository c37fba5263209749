using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>
/// The findings of one device: what rules say is raised when it has held long enough, and cleared when its evidence is gone and its latch is
/// open; never because nothing could be read. When evidence is gone the rule says, by age too where it was logged and no latch holds it. Time counts as
/// it is watched: what a gap or a set clock leaves out proves nothing.
/// </summary>
public sealed partial class FindingLedger
{
    // Own figure: numbers move with every sample; a finding's words need not.
    private static readonly TimeSpan WordAgain = TimeSpan.FromSeconds(10);

    // Own figure: how old "last seen" may be of a finding whose numbers stand still; each time costs an allocation.
    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(10);

    private readonly List<OpenFinding> _open = [];
    private readonly JudgingClock _clock;
    private readonly Pace _pace = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private DateTimeOffset _asked;
    private TimeSpan _step;

    /// <summary>Nothing is open.</summary>
    public FindingLedger() : this(new JudgingClock())
    {
    }

    internal FindingLedger(JudgingClock clock) => _clock = clock;

    /// <summary>The findings that stand, in the order in which they were raised.</summary>
    public IEnumerable<Finding> Findings => _open.Where(open => open.Finding is not null).Select(open => open.Finding!);

    /// <summary>What operators cleared and what therefore stays away.</summary>
    public IEnumerable<Dismissal> Dismissals => _open.Where(open => open.Dismissed is not null).Select(open => open.Dismissed!);

    /// <summary>Counts what was raised, changed or cleared; who shows findings looks at it.</summary>
    public long Version { get; private set; }

    /// <summary>How far apart two rounds of questions may be for the time between them to be watched.</summary>
    internal TimeSpan LongestStep => _pace.Longest;

    /// <summary>The gravest of the findings that count; Info when there is none.</summary>
    internal Severity Gravest
    {
        get
        {
            var gravest = Severity.Info;
            foreach (var open in _open)
            {
                if (open.Finding is { IsObserved: false } finding && finding.Severity > gravest) gravest = finding.Severity;
            }

            return gravest;
        }
    }

    /// <summary>Takes what a rule says now.</summary>
    public void Weigh(IHealthRule rule, in Subject subject, Verdicts verdicts, ICollection<Transition> transitions)
    {
        var name = rule.Sheet.Name;
        if (subject.Settings.Mode == RuleMode.Off)
        {
            SwitchOff(name, in subject, transitions);
            return;
        }

        foreach (var open in _open)
        {
            open.IsMentioned = open.Rule != name;
            if (!open.IsMentioned && open.Finding is { } finding) Observe(open, finding, in subject, transitions);
        }

        foreach (ref readonly var verdict in verdicts.Span) Hold(rule, in subject, in verdict, verdicts, transitions);
        if (verdicts.IsWithheld) return;
        foreach (var key in verdicts.Withheld)
        {
            if (Find(name, key) is { } unseen) unseen.IsMentioned = true;
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (!_open[i].IsMentioned && Miss(rule, _open[i], in subject, transitions)) _open.RemoveAt(i);
        }
    }

    /// <summary>An operator's word: they are gone, and stay away until their cause goes or grows worse. False when there is no such finding.</summary>
    public bool Dismiss(string rule, long? key, string why, Device device, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var any = false;
        foreach (var open in _open)
        {
            if (open.Finding is not { } finding || open.Rule != rule || (key is not null && open.Key != key)) continue;
            Close(open, device, why, now, transitions);
            open.Dismissed = new Dismissal(rule, open.Key, now, open.Told.Value, open.Told.Threshold, finding.Severity, why);
            any = true;
        }

        return any;
    }

    /// <summary>Another card is in the slot: what was said of the old one is closed. What an operator said of it stays with it.</summary>
    public void CloseAll(Device device, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        foreach (var open in _open)
        {
            if (open.Finding is not null) Close(open, device, why, now, transitions);
        }

        _open.RemoveAll(open => open.Dismissed is null);
    }

    /// <summary>Takes a finding that stood before a restart.</summary>
    public void Recall(Finding finding, IHealthRule rule) => Recall(finding, rule, null, null);

    private void Hold(IHealthRule rule, in Subject subject, in Verdict verdict, Verdicts verdicts, ICollection<Transition> transitions)
    {
        var (sheet, device, now) = (rule.Sheet, subject.Device, subject.Now);
        if (verdict.Last is { } seen && IsHealed(verdict.Latch ?? sheet.Latch, seen, in subject)) return;
        var open = Find(sheet.Name, verdict.Key) ?? Renamed(sheet.Name, in subject, in verdict, verdicts, transitions);
        if (open is null) _open.Add(open = new OpenFinding(sheet.Name, verdict.Key, verdict.Since ?? now));
        else if (!Continue(open, sheet, in subject, in verdict, transitions)) return;
        (open.IsMentioned, open.IsGone, open.GoneFor) = (true, false, TimeSpan.Zero);
        (open.Held, open.Restarts, open.BootId) = (verdict.Last ?? now, device.Restarts, subject.Node.BootId);
        if (open.Dismissed is { } dismissed)
        {
            if (!dismissed.IsOutgrownBy(in verdict, verdict.Severity ?? sheet.Severity)) return;
            open.Dismissed = null;
            open.BeginAnew(now);
        }

        if (verdict.Count > 0) open.Count = verdict.Count;
        if (open.Finding is { } finding) Update(rule, open, finding, in subject, in verdict, transitions);
        else if (subject.Settings.Span(sheet.Debounce) is var delay && (open.HeldFor >= delay || (verdict is { Last: null, Since: { } since } && now - since >= delay)))
        {
            if (verdict.Count == 0) open.Count = 1;
            Tell(rule, open, in subject, in verdict, HealthEventKind.FindingRaised, transitions);
        }
    }

    /// <summary>It was there before. False when nothing follows from this verdict.</summary>
    private bool Continue(OpenFinding open, RuleSheet sheet, in Subject subject, in Verdict verdict, ICollection<Transition> transitions)
    {
        // Said twice in one round: the graver holds.
        if (open.IsMentioned) return open.Finding is { } told && Gravity(sheet, in verdict) > Gravity(told.Severity, told.Actions);
        if (open.Finding is { Latch: not Latch.None } finding && IsUnlatched(open, finding, in subject))
        {
            if (verdict.Last is null && !subject.Device.IsReadSinceRestart(subject.Now))
            {
                open.IsMentioned = true;
                return false;
            }

            Close(open, subject.Device.Device, $"{Opened(finding.Latch, open, in subject)}, and it is there again", subject.Now, transitions);
            open.BeginAnew(verdict.Since ?? subject.Now);
            return true;
        }

        if (!open.IsGone) open.HeldFor += _step;
        else if (open.Finding is not null) open.Count++;
        return true;
    }

    private void Update(IHealthRule rule, OpenFinding open, Finding finding, in Subject subject, in Verdict verdict, ICollection<Transition> transitions)
    {
        var (told, gravity) = (Gravity(finding.Severity, finding.Actions), Gravity(rule.Sheet, in verdict));
        if (gravity < told)
        {
            // Of what was logged, more that was logged with it (a spare row, the driver's own advice) may say that it is milder than it seemed: at once.
            // A later one that is milder takes nothing back: what the graver one needs is still to be done. What has no count is a level, and as it was last told.
            if (verdict.Last is not null && finding.Latch != Latch.None)
            {
                if (verdict.Count == 0 || verdict.IsAdvised || verdict.Last <= open.GraveAt) Tell(rule, open, in subject, in verdict, HealthEventKind.FindingChanged, transitions);
                return;
            }

            open.Milder = (open.Milder.For + _step, Math.Max(open.Milder.Gravity, gravity));
            if (open.Milder.For < subject.Settings.Span(rule.Sheet.ClearAfter) || !IsUnlatchedOrFree(open, finding, in subject)) return;
            // Down to what it was at most in that time, when it is that again; else it is watched for as long once more.
            if (gravity == open.Milder.Gravity) Tell(rule, open, in subject, in verdict, HealthEventKind.FindingChanged, transitions);
            else open.Milder = (TimeSpan.Zero, gravity);
            return;
        }

        (open.Milder, open.GraveAt) = (default, open.Held);
        if (gravity > told) Tell(rule, open, in subject, in verdict, HealthEventKind.FindingChanged, transitions);
        else if ((verdict != open.Told || open.Count != finding.Count) && subject.Now - open.ToldAt >= WordAgain) Tell(rule, open, in subject, in verdict, null, transitions);
        else if (verdict.Last is null && subject.Now - open.ToldAt >= SeenAgain)
        {
            open.Finding = AsOfNow(open, finding);
            open.ToldAt = subject.Now;
            Version++;
        }
    }

    private void Tell(IHealthRule rule, OpenFinding open, in Subject subject, in Verdict verdict, HealthEventKind? kind, ICollection<Transition> transitions)
    {
        var sheet = rule.Sheet;
        var words = rule.Word(in subject, in verdict);
        (open.Told, open.ToldAt, open.Milder, open.GraveAt) = (verdict, subject.Now, default, open.Held);
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
            Probability = Chance(sheet, in verdict),
            FirstSeen = open.Finding?.FirstSeen ?? _clock.Wall(open.Since),
            LastSeen = _clock.Wall(open.Held),
            Count = open.Count,
            BootId = open.Finding?.BootId ?? subject.Node.BootId,
            Serial = subject.Device.Device.Serial,
        };
        Version++;
        if (kind is { } told) transitions.Add(Change(told, subject.Device.Device, open.Finding, words.Summary, subject.Now));
    }

    /// <summary>Its evidence is gone; true when nothing more is to be known of it. Of a device that is not measured it is only unseen.</summary>
    private bool Miss(IHealthRule rule, OpenFinding open, in Subject subject, ICollection<Transition> transitions)
    {
        if (subject.Device is { Presence: not DevicePresence.Measured, IsLogged: false } && subject.Device != subject.Node.Self) return false;
        if (open.Finding is null && open.Dismissed is null) return true;
        open.GoneFor = open.IsGone ? open.GoneFor + _step : TimeSpan.Zero;
        open.IsGone = true;
        open.Milder = default;
        if (open.GoneFor < subject.Settings.Span(rule.Sheet.ClearAfter)) return false;
        if (open.Finding is not { } finding) return true;
        if (!IsUnlatchedOrFree(open, finding, in subject)) return false;
        var opened = finding.Latch == Latch.None ? "" : $"{Opened(finding.Latch, open, in subject)} and ";
        Close(open, subject.Device.Device, $"{opened}its cause is gone", subject.Now, transitions);
        return true;
    }

    private void Close(OpenFinding open, Device device, string why, DateTimeOffset now, ICollection<Transition> transitions)
    {
        transitions.Add(Change(HealthEventKind.FindingCleared, device, AsOfNow(open, open.Finding!), why, now));
        open.Finding = null;
        Version++;
    }

    // Its words may be older than what is known of it by now.
    private Finding AsOfNow(OpenFinding open, Finding finding) => finding with { LastSeen = _clock.Wall(open.Held), Count = open.Count };

    private Transition Change(HealthEventKind kind, Device device, Finding finding, string why, DateTimeOffset now)
        => new(kind, device, finding, HealthState.Unknown, HealthState.Unknown, why, _clock.Wall(now));

    /// <summary>
    /// What was known without its link or unit, since the library told it before the kernel's log did: the same cause, first seen at the same moment, of
    /// which nothing is said any more under the key that it had.
    /// </summary>
    private OpenFinding? Renamed(string rule, in Subject subject, in Verdict verdict, Verdicts verdicts, ICollection<Transition> transitions)
    {
        if (verdict.Last is null || verdict.Since is not { } since) return null;
        foreach (var open in _open)
        {
            if (open.Rule != rule || open.IsMentioned || open.Since != since || verdicts.Says(open.Key)) continue;
            if (open.Finding is not null) Close(open, subject.Device.Device, "the kernel's log says more of it", subject.Now, transitions);
            open.Key = verdict.Key;
            return open;
        }

        return null;
    }

    private OpenFinding? Find(string rule, long key)
    {
        foreach (var open in _open)
        {
            if (open.Key == key && open.Rule == rule) return open;
        }

        return null;
    }
}

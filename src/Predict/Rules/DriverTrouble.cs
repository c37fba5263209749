using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The driver said, without one of its error codes, that something is wrong: with a card, or (asked about the node) with none that it named.</summary>
internal sealed class DriverTrouble(RuleScope scope) : IHealthRule
{
    // Keys.
    private const long Trouble = 0;
    private const long Assertion = 1;
    private const long NeedsReset = 2;
    private const long Program = 3;

    // Units as the kernel log's reader names them.
    private const string OfAssertion = "assertion";
    private const string OfReport = "reported";
    private const string OfPageFault = "page fault";
    private const string OfReset = "reset";
    private const string OfJob = "job";

    private static readonly Threshold Stays = CodedError.StaysForWords;

    public RuleSheet Sheet { get; } = new()
    {
        Name = scope == RuleScope.Node ? "node-driver-trouble" : "driver-trouble",
        Title = scope == RuleScope.Node ? "Driver trouble of the node" : "Driver trouble",
        Scope = scope,
        Doc = "The driver could not start a card or gave up on a part of it (key 0), one of its assertions failed or it told an error of which nobody published how grave it is (key 1, only watched), or it says that the card "
            + "likely needs a reset, as when its own processor stops to answer (key 2); a program reached for memory that it may not have (key 3, for information). "
            + "What a reset by the driver itself ended is over. Numbered errors have rules of their own.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, scope == RuleScope.Node ? RepairAction.RebootNode : RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset, a reload of the driver or a reboot after which it is not said again",
        Probability = new(0.05, 0.2, 0.3),
        ProbabilityOrigin = "own; Delta (2503.11901) saw 99 % of errors of the card's own processor end in a dead card, other troubles have no public rate",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Span<int> newest = [-1, -1, -1, -1];
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind != HealthEventKind.DriverTrouble || !SinceRestart.Counts(in subject, events[i], events[i].Last)) continue;
            if (IsOver(subject.Device, events[i])) continue;
            ref var known = ref newest[(int)KeyOf(events[i])];
            if (known < 0 || events[i].Last > events[known].Last) known = i;
        }

        for (var key = 0L; key < newest.Length; key++)
        {
            if (newest[(int)key] < 0) continue;
            var tally = events[newest[(int)key]];
            var isLatched = key is Trouble or NeedsReset;
            if (!isLatched && subject.Device.QuietSince(tally, subject.Now) >= subject.Settings.Span(Stays)) continue;
            verdicts.Add(new Verdict(key, tally.Count, 0)
            {
                Since = tally.First,
                Last = tally.Last,
                Count = tally.Count,
                Severity = isLatched ? null : key == Program ? Severity.Info : Severity.Watch,
                Actions = isLatched ? null : new(key == Program ? WorkAction.RestartApplication : WorkAction.Observe, RepairAction.None),
                Probability = key == Assertion ? CodedError.Chance(Severity.Watch) : null,
                Latch = isLatched && !MayEnd(tally) ? null : Latch.None,
            });
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        EventTally? newest = null;
        foreach (var tally in subject.Device.Events)
        {
            if (tally.Latest.Kind != HealthEventKind.DriverTrouble || KeyOf(tally) != verdict.Key) continue;
            if (newest is null || tally.Last > newest.Last) newest = tally;
        }

        var said = new EventCount(0, 0, newest);
        return new(
            $"{newest?.Latest.Text} (seen {Counted.Times(verdict.Value)}, should be never)",
            [said.Line("the driver's word"), new("times said", verdict.Value, 0, "", "", newest?.Last ?? subject.Now)]);
    }

    /// <summary>The driver reset the card by itself, and that went well, after it or with it.</summary>
    private static bool IsOver(DeviceHistory device, EventTally tally)
    {
        if (tally.Latest.Detail is not { } detail) return false;
        if (detail is { Unit: OfReset, Printed: PrintedSeverity.Corrected }) return true;
        if (!MayEnd(tally)) return false;
        for (var i = 0; i < device.Events.Count; i++)
        {
            if (device.Events[i].Latest is { Kind: HealthEventKind.DriverTrouble, Detail: { Unit: OfReset, Printed: PrintedSeverity.Corrected } } && device.Events[i].Last >= tally.Last) return true;
        }

        return false;
    }

    /// <summary>What the driver resets a card for, and the beginning of that.</summary>
    private static bool MayEnd(EventTally tally) => tally.Latest.Detail is { Unit: OfReset or OfJob, Printed: PrintedSeverity.None };

    private static long KeyOf(EventTally tally) => tally.Latest.Detail switch
    {
        { NeedsReset: true } => NeedsReset,
        { Unit: OfAssertion or OfReport } => Assertion,
        { Unit: OfPageFault } => Program,
        _ => Trouble,
    };
}

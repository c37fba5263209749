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

    // The unit that the kernel log's reader gives to a failed assertion.
    private const string OfAssertion = "assertion";

    public RuleSheet Sheet { get; } = new()
    {
        Name = scope == RuleScope.Node ? "node-driver-trouble" : "driver-trouble",
        Title = scope == RuleScope.Node ? "Driver trouble of the node" : "Driver trouble",
        Scope = scope,
        Doc = "The driver could not start a card or gave up on a part of it (key 0), one of its assertions failed (key 1, only watched), or it says that the card "
            + "likely needs a reset, as when its own processor stops to answer (key 2). Numbered errors have rules of their own.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, scope == RuleScope.Node ? RepairAction.RebootNode : RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset, a reload of the driver or a reboot after which it is not said again",
        Probability = new(0.05, 0.2, 0.3),
        ProbabilityOrigin = "own; Delta (2503.11901) saw 99 % of errors of the card's own processor end in a dead card, other troubles have no public rate",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var began = subject.Node.DriverLoaded > subject.Device.CountersBegan ? subject.Node.DriverLoaded : subject.Device.CountersBegan;
        Span<int> newest = [-1, -1, -1];
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind != HealthEventKind.DriverTrouble || events[i].Last <= began) continue;
            ref var known = ref newest[(int)KeyOf(events[i])];
            if (known < 0 || events[i].Last > events[known].Last) known = i;
        }

        for (var key = 0; key < newest.Length; key++)
        {
            if (newest[key] < 0) continue;
            var tally = events[newest[key]];
            verdicts.Add(new Verdict(key, tally.Count, 0)
            {
                Since = tally.First,
                Last = tally.Last,
                Count = tally.Count,
                Severity = key == Assertion ? Severity.Watch : null,
                Actions = key == Assertion ? new(WorkAction.Observe, RepairAction.None) : null,
                Latch = key == Assertion ? Latch.None : null,
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

    private static long KeyOf(EventTally tally)
        => tally.Latest.Detail is not { } detail ? Trouble : detail.NeedsReset == true ? NeedsReset : detail.Unit == OfAssertion ? Assertion : Trouble;
}

using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>Every card of the node stands still at once: the driver's own lock is held.</summary>
internal sealed class DriverStalled : IHealthRule
{
    private static readonly Threshold After = new("After", 60, "s", 5, 3600, "All cards stalled for so long.",
        "as for one card: the project's definition of Failed");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "driver-stalled",
        Title = "Driver stalled",
        Scope = RuleScope.Node,
        Doc = "Calls return on no card of the node. Most often one card hangs inside the driver and holds the lock that all others need; which one cannot be "
            + "told from here, the kernel's log may. Known driver faults leave every call waiting for good.",
        Severity = Severity.Failed,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.RebootNode),
        ClearedBy = "any card measured again",
        Probability = new(0.8, 0.9, 0.9),
        ProbabilityOrigin = "own; open-gpu-kernel-modules #1333 and go-nvml #152 describe hangs of every call that only a reboot ended",
        Outranks = [new("device-count")],
        Thresholds = [After],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (count, since) = Stalls.Of(subject.Node);
        if (count == 0 || Stalls.IsAnyServed(subject.Node, subject.Now)) return;
        var stalled = (subject.Now - since).TotalSeconds;
        if (stalled > subject.Settings[After]) verdicts.Add(new Verdict(0, Math.Floor(stalled), subject.Settings[After]) { Since = since });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (count, since) = Stalls.Of(subject.Node);
        return new(
            $"calls return on no card of the node, for {verdict.Value:0} s (limit {verdict.Threshold:0} s): the driver's lock is held",
            [new("all cards stalled", verdict.Value, verdict.Threshold, "s", "", since), new("stalled cards", count, 0, "", "", subject.Now)]);
    }
}

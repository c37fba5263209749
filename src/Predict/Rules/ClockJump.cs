using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The node's wall clock jumped: times of events across it are not to be compared.</summary>
internal sealed class ClockJump : IHealthRule
{
    private static readonly Threshold Least = new("Least", 1, "s", 0.1, 86400, "Jumps at least so long, forward or back.",
        "own: slewing corrects less without a jump (adjtimex(8): 500 ppm, 7.5 ms in a turn of 15 s)");

    private static readonly TimeSpan Told = TimeSpan.FromHours(1);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "clock-jump",
        Title = "Clock jumped",
        Scope = RuleScope.Node,
        Doc = "The wall clock was set, or the node slept. Logs and series before and after do not line up; tokens and leases of schedulers may have lapsed.",
        Severity = Severity.Info,
        Actions = RecommendedActions.None,
        ClearedBy = "an hour without a jump",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: it says nothing of the cards",
        Thresholds = [Least],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.Node.Host is not { } host)
        {
            verdicts.Withhold();
            return;
        }

        var jump = Math.Abs(host.ClockJump.TotalSeconds);
        if (jump >= subject.Settings[Least] && host.Read - host.ClockJumped < Told) verdicts.Add(new Verdict(0, Math.Round(jump, 3), subject.Settings[Least]));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var host = subject.Node.Host;
        var way = host?.ClockJump < TimeSpan.Zero ? "back" : "forward";
        return new(
            $"the wall clock jumped {way} by {verdict.Value:0.###} s (limit {verdict.Threshold:0.###} s)",
            [new($"jump {way}", verdict.Value, verdict.Threshold, "s", "", host?.ClockJumped ?? subject.Now)]);
    }
}

using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A network adapter or one of its ports reported trouble.</summary>
internal sealed class NetworkTrouble : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "network-trouble",
        Title = "Network adapter trouble",
        Scope = RuleScope.Node,
        Doc = "A network adapter's driver reported an error: firmware, a command that timed out, a module, heat, too little power in its slot, a link that went down. Jobs "
            + "over several nodes see it as a hang or a crash of their communication.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectFabric),
        ClearAfter = TimeSpan.FromMinutes(5),
        ClearedBy = "none within an hour",
        Probability = new(0.002, 0.01, 0.02),
        ProbabilityOrigin = "own; adapters, cables and switches were 8 % of the interruptions of Llama 3 (2407.21783), these words before them have no public rate",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var count = Reported(in subject);
        if (count.InHour > 0) verdicts.Add(new Verdict(0, count.InHour, 0) { Last = count.Newest!.Last });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = Reported(in subject);
        return new(
            $"{verdict.Value:0} reports of trouble by network adapters within an hour (should be 0)",
            [new("reports within an hour", verdict.Value, 0, "", "", count.Newest?.Last ?? subject.Now), count.Line("the kernel's word")]);
    }

    // A link that comes up, or a cable that is found, is what every load of the driver begins with.
    private static EventCount Reported(in Subject subject) => EventCount.Anywhere(subject.Node, HealthEventKind.NetworkTrouble, subject.Now, isTrouble: true);
}

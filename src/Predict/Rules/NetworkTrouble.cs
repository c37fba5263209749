using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A network adapter or one of its ports reported trouble.</summary>
internal sealed class NetworkTrouble : IHealthRule
{
    // Keys.
    private const long Reports = 0;
    private const long Missing = 1;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "network-trouble",
        Title = "Network adapter trouble",
        Scope = RuleScope.Node,
        Doc = "A network adapter's driver reported an error (key 0): firmware, a command that timed out, a module, heat, too little power in its slot; or a link that "
            + "was up went down, or a module was pulled, and the driver has not said since that it is there again (key 1). Jobs over several nodes see it as a hang or a crash of their "
            + "communication.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectFabric),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: a link that comes and goes within that is one trouble; what is counted has left its hour before"),
        ClearedBy = "an hour of watching without another error; the link up again, the module plugged in again, or a reboot",
        Probability = new(0.002, 0.01, 0.02),
        ProbabilityOrigin = "own; adapters, cables and switches were 8 % of the interruptions of Llama 3 (2407.21783), these words before them have no public rate",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (reports, missing) = Reported(in subject);
        if (reports.InHour > 0) verdicts.Add(new Verdict(Reports, reports.InHour, 0) { Last = reports.Newest!.Last });
        if (missing.Newest is { } newest) verdicts.Add(new Verdict(Missing, missing.InHour, 0) { Last = newest.Last });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (reports, missing) = Reported(in subject);
        if (verdict.Key == Reports)
        {
            return new(
                $"{verdict.Value:0} reports of trouble by network adapters within an hour (should be 0)",
                [new("reports within an hour", verdict.Value, 0, "", "", reports.Newest?.Last ?? subject.Now), reports.Line("the kernel's word")]);
        }

        return new(
            $"{Counted.Of(verdict.Value, "port")} of network adapters lost link or module and did not get it back (should be 0)",
            [new("ports without the link or module that they had", verdict.Value, 0, "", "", missing.Newest?.Last ?? subject.Now), missing.Line("the last")]);
    }

    /// <summary>Errors, which are momentary; and what is missing at ports, in the place of the hour's count how many.</summary>
    private static (EventCount Reports, EventCount Missing) Reported(in Subject subject)
    {
        var (reports, missing) = (default(EventCount), default(EventCount));
        var node = subject.Node;
        for (var i = -1; i < node.Devices.Count; i++)
        {
            var device = i < 0 ? node.Self : node.Devices[i];
            var watched = device.Watched(subject.Now);
            for (var j = 0; j < device.Events.Count; j++)
            {
                var tally = device.Events[j];
                // A link that comes up, or a cable that is found, is what every load of the driver begins with.
                if (tally.Latest.Kind != HealthEventKind.NetworkTrouble || tally.Latest.Detail is { Printed: PrintedSeverity.Corrected }) continue;
                var isMissing = PortState.IsMissing(tally.Latest.Detail?.Unit ?? "");
                if (isMissing && tally.Latest.BootId != node.BootId) continue;
                var state = isMissing ? Opposite(node, device, tally) : null;
                // A port that nothing is plugged into says so at each boot: who was never there is not missed.
                if (state is null) reports = reports.And(tally, tally.InHour(watched), tally.InDay(watched));
                else if (state.Last < tally.Last) missing = missing.And(tally, 1, 1);
            }
        }

        return (reports, missing);
    }

    /// <summary>What said in this boot that the link, or the module, is there; null when nothing did.</summary>
    private static EventTally? Opposite(NodeHistory node, DeviceHistory device, EventTally gone)
    {
        for (var i = 0; i < device.Events.Count; i++)
        {
            var tally = device.Events[i];
            if (tally.Latest.Kind == HealthEventKind.NetworkTrouble && tally.Latest.BootId == node.BootId
                && PortState.IsEnd(gone.Latest.Detail?.Unit ?? "", tally.Latest.Detail?.Unit ?? "")) return tally;
        }

        return null;
    }
}

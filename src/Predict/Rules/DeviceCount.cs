using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A source finds fewer devices than should be there.</summary>
internal sealed class DeviceCount : IHealthRule
{
    private static readonly Threshold Grace = new("Grace", 300, "s", 0, 86400, "So long after boot and load of the driver devices may still come.",
        "own: eight cards initialise within two minutes without a persistence daemon");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "device-count",
        Title = "Devices missing",
        Scope = RuleScope.Node,
        Doc = "Fewer devices answer than the configuration says, or than answered earlier in this boot. A card that did not come up at boot is told by nothing else: "
            + "it has no series and no error. Cards that are known and lost or stalled have findings of their own and are not missed here. Key: the source, in the "
            + "order of the configuration.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.RebootNode),
        Debounce = TimeSpan.FromSeconds(60),
        HasBootGrace = true,
        ClearedBy = "as many devices as expected, or another number in Expected",
        Probability = new(0.05, 0.1, 0.2),
        ProbabilityOrigin = "own: what is missing has failed, the number is for the rest of the node",
        Thresholds = [Grace],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var node = subject.Node;
        if (subject.Now - (node.DriverLoaded > node.Booted ? node.DriverLoaded : node.Booted) < subject.Settings.Span(Grace)) return;
        for (var i = 0; i < node.Sources.Count; i++)
        {
            var source = node.Sources[i];
            if (source.IsReleased || source.Found + source.Told >= source.Expected) continue;
            verdicts.Add(new Verdict(i, source.Found, source.Expected));
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var source = subject.Node.Sources[(int)verdict.Key];
        var why = source.IsUp ? "" : source.IsHeld ? "; its probe died too often" : "; its library or driver does not answer";
        return new(
            $"{source.Source} finds {verdict.Value:0} of {verdict.Threshold:0} devices{why}",
            [new($"devices of {source.Source}", verdict.Value, verdict.Threshold, "", "", subject.Now)]);
    }
}

using Forewarn.Model;
using Forewarn.Predict.History;

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
            + "it has no series and no error; nor are cards whose library or driver is missing, or of another version than the other: then what the bus shows is "
            + "missed; where agent and probe are of different builds, as an unfinished upgrade leaves them, that is a Watch and asks for nothing but an end of it. Cards that are known and lost or stalled have findings of their own and are not missed here. Key: the source, in the order of the "
            + "configuration.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.RebootNode),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(60), "own: as long as a probe that is started anew may need to find its cards"),
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
            if (source.IsReleased || source.Found + source.Told >= source.Wanted) continue;
            verdicts.Add(new Verdict(i, source.Found, source.Wanted)
            {
                Telling = (int)source.Absence,
                Severity = source.IsOtherBuild ? Severity.Watch : null,
                Actions = source.IsOtherBuild ? Upgraded : IsOfSoftware(source.Absence) ? Installed : null,
            });
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var source = subject.Node.Sources[(int)verdict.Key];
        var number = new Evidence($"devices of {source.Source}", verdict.Value, verdict.Threshold, "", "", subject.Now);
        return new(
            $"{source.Source} finds {verdict.Value:0} of {verdict.Threshold:0} devices{Why(source)}",
            source.Why.Length > 0 ? [number, new Evidence($"{source.Source}: {source.Why}", null, null, "", "", subject.Now)] : [number]);
    }

    private static string Why(in SourceCount source) => source.Absence switch
    {
        NoDataReason.LibraryMissing => "; its library is not installed",
        NoDataReason.SymbolMissing => "; its library is too old",
        NoDataReason.DriverNotLoaded => "; its driver is not loaded, or of another version than the library",
        NoDataReason.NoPermission => "; it may not be read",
        _ when source.IsOtherBuild => "; agent and probe are of different builds",
        _ => source.IsUp ? "" : source.IsHeld ? "; its probe died too often" : "; its library or driver does not answer",
    };

    /// <summary>Something has to be installed or allowed; a reboot brings neither.</summary>
    private static bool IsOfSoftware(NoDataReason absence) => absence is NoDataReason.LibraryMissing or NoDataReason.SymbolMissing or NoDataReason.NoPermission;

    private static RecommendedActions Installed { get; } = new(WorkAction.DrainWhenIdle, RepairAction.None);

    private static RecommendedActions Upgraded { get; } = new(WorkAction.Observe, RepairAction.None);
}

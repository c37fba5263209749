using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>
/// A link between accelerators is down that should be up: it carried data since the driver was loaded, or every other card of the kind has it up.
/// Links that nothing is plugged into are down for ever and mean nothing.
/// </summary>
internal sealed class LinkDown : IHealthRule
{
    // Own figure: two others that agree are a pattern of the board; one may be the odd one itself.
    private const int LeastSiblings = 2;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-down",
        Title = "Link between accelerators down",
        Doc = "A link between accelerators that was up, or that all other cards of the kind have up, is down. Jobs that span cards fail or slow down; the cause may lie in "
            + "this card, its peer, a switch, or a cable.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(90), "own: two readings of the slow lane; one poll at boot raised 214 of 288 nodes, none at fault (NVSentinel issue 1701)"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(2), "own: two readings of the slow lane with the link up"),
        HasBootGrace = true,
        ClearedBy = "the link up for two minutes",
        Probability = new(0.2, 0.3, 0.4),
        ProbabilityOrigin = "NCSA Delta (arXiv 2503.11901): of errors of such links 20 % are terminal, 66 % recur on the card; horizons are own",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var links = subject.Device.Instances(SignalId.LinkUp);
        var isCut = subject.Device.TryGet(SignalId.MigEnabled, out var mig) && mig > 0; // links of a card in parts are down on purpose
        var told = false;
        for (ushort link = 0; link < links && !isCut; link++)
        {
            if (!subject.TryRead(SignalId.LinkUp, link, verdicts, out var up)) continue;
            told = true;
            if (up == 0 && (WasUp(subject.Device, link) || OthersHave(in subject, link))) verdicts.Add(new Verdict(link, 0, 1));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var link = (ushort)verdict.Key;
        return new(
            $"link {link} is down {(WasUp(subject.Device, link) ? "and was up before" : "and up on every other card of the kind")} (state 0, should be 1)",
            [subject.Seen(SignalId.LinkUp, $"state of link {link}", verdict.Value, verdict.Threshold, "", link)]);
    }

    /// <summary>Its counters start at 0 with the driver; one that is down may not answer them any more.</summary>
    private static bool WasUp(DeviceHistory device, ushort link)
        => device.Signal(SignalId.LinkBytesSent).Newest(link) > 0 || device.Signal(SignalId.LinkBytesReceived).Newest(link) > 0;

    private static bool OthersHave(in Subject subject, ushort link)
    {
        var others = 0;
        var devices = subject.Node.Devices;
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i] == subject.Device || devices[i].Device.Name != subject.Device.Device.Name) continue;
            if (devices[i].Presence != DevicePresence.Measured || !devices[i].TryGet(SignalId.LinkUp, out var up, link)) continue;
            if (up == 0) return false;
            others++;
        }

        return others >= LeastSiblings;
    }
}

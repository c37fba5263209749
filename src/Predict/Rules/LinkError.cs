using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A link to another accelerator or to a switch failed (NVLink 4 and older).</summary>
internal sealed class LinkError : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-error",
        Title = "Link error",
        Doc = "A link between accelerators failed or could not be trained. The registers in the line say what it was: corrected errors only, a consequence of another"
            + " error, the signal, or the hardware. Jobs that talk over the link end or hang.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectFabric),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.01, 0.1, 0.3),
        ProbabilityOrigin = "own; links that failed once tend to fail again before somebody has looked at them",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!XidCatalog.Covers(subject.Device.Device)) return;
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (!Is(events[i]) || IsOlderOfItsLink(subject.Device, events[i])) continue;
            var gravest = Xid74Registers.Decode(Registers(events[i]));
            CodedError.Judge(
                in subject, events[i], Xid.LinkError, Xid74Registers.Judge(gravest, events[i].InDay(subject.Device.Watched(subject.Now))), true, subject.Settings.Span(Stays),
                Link(events[i]), verdicts);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (!Is(events[i]) || Link(events[i]) != verdict.Key || IsOlderOfItsLink(subject.Device, events[i])) continue;
            var words = Xid74Registers.Words(Xid74Registers.Decode(Registers(events[i])));
            return CodedError.Word(
                in subject, in verdict, events[i], subject.Settings.Span(Stays), CodedError.Label(events[i]),
                verdict.Key < 0 ? words : string.Create(CultureInfo.InvariantCulture, $"link {verdict.Key}, {words}"));
        }

        return default;
    }

    private static bool Is(EventTally tally) => tally.Latest.Kind == HealthEventKind.DriverError && tally.Latest.Code == Xid.LinkError;

    private static int Link(EventTally tally) => tally.Latest.Detail?.Link ?? -1;

    private static ImmutableArray<uint> Registers(EventTally tally) => tally.Latest.Detail?.Registers ?? [];

    private static bool IsOlderOfItsLink(DeviceHistory device, EventTally error)
    {
        for (var i = 0; i < device.Events.Count; i++)
        {
            if (device.Events[i] != error && Is(device.Events[i]) && Link(device.Events[i]) == Link(error)
                && CodedError.When(device.Events[i]) > CodedError.When(error)) return true;
        }

        return false;
    }
}

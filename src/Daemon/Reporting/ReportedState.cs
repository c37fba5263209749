using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Reporting;

/// <summary>What is judged of a card, or of the node, in the words of a report.</summary>
internal static class ReportedState
{
    // By these names sources tell the fabric that a device shares with devices of other nodes, and its part of it.
    private const string Cluster = "fabric_cluster";
    private const string Clique = "fabric_clique";

    /// <summary>
    /// Whole cards in their order; who runs on a part of one is on the card. What the driver leaves alone is no card of this node to whoever gives out
    /// work.
    /// </summary>
    public static IEnumerable<ReportedDevice> OfCards(ImmutableArray<DeviceView> devices) =>
        devices.Where(view => view.IsWhole && !view.Presence.IsLeftAlone).Select(card => OfCard(card, devices.Where(part => part.Device.Partition?.Parent == card.Device.Id)));

    /// <summary>Null before the first assessment.</summary>
    public static ReportedDevice? OfNode(Assessment? assessment) =>
        assessment is null ? null : Judged(new() { Id = DeviceId.Node.Value, Presence = assessment.Presence }, assessment);

    private static ReportedDevice OfCard(DeviceView view, IEnumerable<DeviceView> parts)
    {
        var (device, presence) = (view.Device, view.Presence);
        var seen = new ReportedDevice
        {
            Id = device.Id.Value,
            Serial = device.Serial,
            Model = device.Name,
            PciAddress = device.PciAddress,
            Minor = device.Minor,
            ClusterUuid = Trait(device, Cluster),
            CliqueId = long.TryParse(Trait(device, Clique), NumberStyles.None, CultureInfo.InvariantCulture, out var clique) ? clique : 0,
            Presence = presence.Presence,
            State = HealthState.Unknown,
            Since = presence.Since,
            Jobs = [.. parts.Prepend(view).SelectMany(one => one.Workloads).Select(share => share.Workload).Where(IsJob).Select(job => job.Id).Distinct().Order(StringComparer.Ordinal)],
        };
        return view.Assessment is { } assessment ? Judged(seen, assessment) : seen;
    }

    // Of what a maker tells besides: one that tells of no fabric is in none.
    private static string Trait(Device device, string key) => device.Traits.All.FirstOrDefault(trait => trait.Key == key).Value ?? "";

    // What a scheduler knows by this number, and can be asked about.
    private static bool IsJob(Workload workload) => workload is { Manager: WorkloadOrigin.Slurm, Id.Length: > 0 };

    private static ReportedDevice Judged(ReportedDevice seen, Assessment assessment)
    {
        // The gravest stand first; what is observed, or is a part of another, asks for nothing by itself.
        var loudest = assessment.Findings.FirstOrDefault(finding => finding is { IsObserved: false, PartOf: "" });
        return seen with
        {
            State = assessment.State,
            Since = assessment.Since,
            Rule = loudest?.Rule ?? "",
            Summary = loudest?.Summary ?? "",
            Code = loudest is null ? 0 : FindingCode.Of(loudest),
            Actions = assessment.Actions,
            Probability = assessment.Probability,
            LastHealthyUnderLoad = assessment.LastHealthyUnderLoad,
        };
    }
}

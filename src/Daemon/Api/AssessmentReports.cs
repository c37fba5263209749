using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Api;

/// <summary>Turns what is judged into its answer.</summary>
internal static class AssessmentReports
{
    /// <summary>Null before anything was judged.</summary>
    public static AssessmentReport? Of(Assessment? assessment) => assessment is null ? null : new()
    {
        State = assessment.State,
        Since = assessment.Since,
        WorkAction = assessment.Actions.Work,
        RepairAction = assessment.Actions.Repair,
        FailureProbability = Of(assessment.Probability),
        LastHealthyUnderLoad = assessment.LastHealthyUnderLoad,
        InMaintenance = assessment.InMaintenance,
        Findings = [.. assessment.Findings.Select(Of)],
    };

    public static MaintenanceReport? Of(Maintenance? maintenance) => maintenance is null
        ? null
        : new(maintenance.By, DeviceReports.Told(maintenance.Reason), maintenance.Since, maintenance.Until);

    /// <summary>Of whole cards; one that was not judged yet is Unknown.</summary>
    public static StateCounts Count(NodeView view)
    {
        var states = view.Devices.Where(device => device.IsWhole).Select(device => device.Assessment?.State ?? HealthState.Unknown).ToArray();
        return new(Of(HealthState.Healthy), Of(HealthState.Watch), Of(HealthState.Degraded), Of(HealthState.Failing), Of(HealthState.Failed), Of(HealthState.Unknown));

        int Of(HealthState state) => states.Count(one => one == state);
    }

    private static FindingReport Of(Finding finding) => new()
    {
        Rule = finding.Rule,
        Key = finding.Key == 0 ? null : finding.Key,
        Severity = finding.Severity,
        Observed = finding.IsObserved,
        PartOf = DeviceReports.Told(finding.PartOf),
        WorkAction = finding.Actions.Work,
        RepairAction = finding.Actions.Repair,
        Summary = finding.Summary,
        Evidence = [.. finding.Evidence.Select(Of)],
        ClearedBy = DeviceReports.Told(finding.ClearedBy),
        Latch = finding.Latch,
        FailureProbability = Of(finding.Probability),
        FirstSeen = finding.FirstSeen,
        LastSeen = finding.LastSeen,
        Count = finding.Count,
        BootId = DeviceReports.Told(finding.BootId),
        Serial = DeviceReports.Told(finding.Serial),
    };

    // JSON has no NaN and no infinity.
    private static EvidenceReport Of(Evidence evidence) => new(
        evidence.What, Number(evidence.Value), Number(evidence.Threshold), DeviceReports.Told(evidence.Unit), DeviceReports.Told(evidence.Line),
        DeviceReports.Happened(evidence.At));

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static ProbabilityReport Of(FailureProbability probability) => new(probability.OneHour, probability.OneDay, probability.SevenDays);
}

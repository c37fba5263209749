using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Cli;

/// <summary>Puts beside what the agent judged what the rules and the advice of this program say of it.</summary>
internal static class Explanation
{
    public static ExplainReport Of(SingleDevice answer, string? rack) => new()
    {
        Simulated = answer.Simulated,
        Node = answer.Node,
        Time = answer.Time,
        Rack = rack,
        Device = answer.Device with { Assessment = null, Signals = [] },
        Assessment = answer.Device.Assessment,
        Explanations = Rules(answer.Device.Assessment, Place(answer.Device)),
        Advice = Todo(answer.Device.Assessment, Device(answer.Device), answer.Node),
    };

    public static ExplainReport Of(NodeReport node, string? rack) => new()
    {
        Simulated = node.Simulated,
        Node = node.Name,
        Time = node.Time,
        Rack = rack,
        Assessment = node.Assessment,
        Explanations = Rules(node.Assessment, DeviceId.Node.Value),
        Advice = Todo(node.Assessment, Self, node.Name),
    };

    /// <summary>The device as the catalogue of advice takes it.</summary>
    public static Device Device(DeviceReport device) => new()
    {
        Id = new(device.Id),
        Vendor = new(device.Vendor),
        PciAddress = device.PciAddress,
        Index = device.Index ?? -1,
    };

    private static Device Self { get; } = new() { Id = DeviceId.Node, Vendor = new(""), PciAddress = "" };

    // What a person would type: the index where there is one.
    private static string Place(DeviceReport device) => device.Index?.ToString(CultureInfo.InvariantCulture) ?? device.PciAddress;

    private static ExplainedRule[] Rules(AssessmentReport? assessment, string place)
        => [.. (assessment?.Findings ?? []).Select(finding => Rule(finding, place))];

    private static ExplainedRule Rule(FindingReport finding, string place)
    {
        var sheet = RuleList.All.FirstOrDefault(rule => rule.Sheet.Name == finding.Rule)?.Sheet;
        var key = finding.Key is { } number ? string.Create(CultureInfo.InvariantCulture, $" --key {number}") : "";
        return new()
        {
            Rule = finding.Rule,
            Title = sheet?.Title,
            Meaning = sheet?.Doc,
            ProbabilityOrigin = HasFailedSince(sheet, finding) ? "it has failed" : sheet?.ProbabilityOrigin,
            ClearCommand = $"forewarn clear {place} {finding.Rule}{key} --reason \"…\"",
            Runbook = RunbookPage.Of(finding.Rule),
        };
    }

    // The sheet's chance is that of a finding as grave as the sheet says.
    private static bool HasFailedSince(RuleSheet? sheet, FindingReport finding)
        => sheet is not null && sheet.Severity != Severity.Failed && finding.Severity == Severity.Failed && finding.FailureProbability.OneHour >= 1;

    private static AdviceReport[] Todo(AssessmentReport? assessment, Device device, string node) => assessment is null
        ? []
        : [.. Advice.For(device, node, assessment.WorkAction, Repairs(assessment)).Select(Of)];

    // Of all that is found, what is grave: a card that is off the bus is not diagnosed for its noisy link before the reboot. A reboot resets the cards as
    // well, and a card that is exchanged needs neither.
    private static HashSet<RepairAction> Repairs(AssessmentReport assessment)
    {
        var counted = assessment.Findings.Where(finding => !finding.Observed).ToArray();
        var least = counted.Length == 0 ? Severity.Info : counted.Max(finding => finding.Severity) is var gravest && gravest > Severity.Degraded ? gravest : Severity.Degraded;
        var grave = counted.Where(finding => finding.Severity >= least || finding.RepairAction == RepairAction.ReplaceHardware).ToArray();
        var asked = (grave.Length > 0 ? grave : counted).Select(finding => finding.RepairAction).ToHashSet();
        if (asked.Contains(RepairAction.ReplaceHardware)) return [RepairAction.ReplaceHardware];
        if (asked.Contains(RepairAction.RebootNode)) asked.Remove(RepairAction.ResetDevice);
        return asked;
    }

    private static AdviceReport Of(Advice advice) => new(advice.Sentence, advice.Command.Length == 0 ? null : advice.Command);
}

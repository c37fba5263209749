using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>The node's health in one line and one number.</summary>
internal sealed class NodeCheck(NodeReport node, IReadOnlyList<DeviceReport> devices)
{
    private readonly DeviceReport[] _cards = [.. devices.Where(device => device.Parent is null && !device.IsLeftAlone())];

    private readonly int _leftAlone = devices.Count(device => device.Parent is null && device.IsLeftAlone());

    /// <summary>Critical outweighs a warning, and that what nobody can say; while somebody works at the node nobody is called.</summary>
    public NodeCheckStatus Status => node.Maintenance is not null ? NodeCheckStatus.Ok
        : States.Any(state => state is HealthState.Failing or HealthState.Failed) ? NodeCheckStatus.Critical
        : States.Contains(HealthState.Degraded) || Missing > 0 ? NodeCheckStatus.Warning
        : States.Contains(HealthState.Unknown) || _cards.Length == 0 || !node.Ready ? NodeCheckStatus.Unknown
        : NodeCheckStatus.Ok;

    /// <summary>Something asks for no new work on this node.</summary>
    public bool IsUnfit => node.Maintenance is null && Judged.Any(judged => judged.WorkAction >= WorkAction.DrainWhenIdle);

    public StateCounts Counts => new(Of(HealthState.Healthy), Of(HealthState.Watch), Of(HealthState.Degraded), Of(HealthState.Failing), Of(HealthState.Failed), Of(HealthState.Unknown));

    public string Text
    {
        get
        {
            var maintenance = node.Maintenance is { } work ? $"in maintenance{(work.Reason is { } reason ? $" ({reason})" : "")}; " : "";
            if (_cards.Length == 0) return maintenance + (_leftAlone == 0 ? "no device has been found" : $"{_leftAlone} excluded, and no other device has been found");
            var missing = Missing > 0 ? $", {Missing} of {node.Devices.Expected} expected not found" : "";
            var healthy = $"{Of(HealthState.Healthy) + Of(HealthState.Watch)} of {_cards.Length} devices healthy{(_leftAlone > 0 ? $", {_leftAlone} excluded" : "")}{missing}";
            return maintenance + (Worst is { } worst ? $"{worst}; {healthy}" : !node.Ready ? $"{healthy}; waiting for {string.Join(", ", node.WaitingFor)}" : healthy);
        }
    }

    /// <summary>The devices by state: <c>healthy=7;watch=0;…</c> in the form of Nagios' performance data.</summary>
    public string Numbers => string.Create(
        CultureInfo.InvariantCulture,
        $"devices={_cards.Length} healthy={Counts.Healthy} watch={Counts.Watch} degraded={Counts.Degraded} failing={Counts.Failing} failed={Counts.Failed} unknown={Counts.Unknown}");

    /// <summary>The reason for a drain: device, rule, summary. Short, since Slurm shows it in a column.</summary>
    public string Reason
    {
        get
        {
            var (who, judged) = Asking.MaxBy(one => one.Judged.WorkAction);
            var rule = judged.Findings.Where(finding => !finding.Observed).MaxBy(finding => finding.WorkAction)?.Rule ?? judged.State.ToString();
            return $"{who} {rule}";
        }
    }

    // What the kernel log alone knows is none that was expected.
    private long Missing => Math.Max(node.Devices.Expected - _cards.Count(card => node.Sources.Any(source => source.Name == card.Source)), 0);

    private IEnumerable<HealthState> States => _cards.Select(card => card.Assessment?.State ?? HealthState.Unknown)
        .Concat(node.Assessment is { } judged ? [judged.State] : []);

    private IEnumerable<(string Who, AssessmentReport Judged)> Asking
    {
        get
        {
            foreach (var card in _cards)
            {
                if (card.Assessment is { } judged) yield return (Name(card), judged);
            }

            if (node.Assessment is { } self) yield return ("node", self);
        }
    }

    private IEnumerable<AssessmentReport> Judged => Asking.Select(one => one.Judged);

    // The worst with its gravest finding.
    private string? Worst
    {
        get
        {
            var ill = Asking.Where(one => one.Judged.State is > HealthState.Watch and < HealthState.Unknown).OrderByDescending(one => one.Judged.State).ToArray();
            if (ill.Length == 0) return null;
            var (who, judged) = ill[0];
            var why = judged.Findings.FirstOrDefault(finding => !finding.Observed) is { } finding ? $": {finding.Summary} ({finding.Rule})" : "";
            return $"{who} {judged.State}{why}{(ill.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {ill.Length - 1} more") : "")}";
        }
    }

    private static string Name(DeviceReport card) => card.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"device {index} {card.PciAddress}") : $"device {card.PciAddress}";

    private int Of(HealthState state) => _cards.Count(card => (card.Assessment?.State ?? HealthState.Unknown) == state);
}

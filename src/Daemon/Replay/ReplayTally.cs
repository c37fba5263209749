using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Replay;

/// <summary>What came of a replay: each finding raised and cleared, each change of state, and how many alarms that would have been.</summary>
internal sealed class ReplayTally(NodeView view, DateTimeOffset start)
{
    private readonly List<ReplayLine> _lines = [];

    public IReadOnlyList<ReplayLine> Lines => _lines;

    /// <summary>Times that a device, or the node, became degraded or worse: what somebody would have been called for.</summary>
    public int Alarms { get; private set; }

    public long Events { get; private set; }

    public void Take(EventBatch batch)
    {
        foreach (var record in batch.Events)
        {
            var happened = record.Event;
            switch (happened.Kind)
            {
                case HealthEventKind.FindingRaised or HealthEventKind.FindingChanged or HealthEventKind.FindingCleared:
                    Add(happened, happened.Finding?.Rule, happened.Finding?.Severity);
                    break;
                case HealthEventKind.StateChanged:
                    if (StateOf(happened) is HealthState.Degraded or HealthState.Failing or HealthState.Failed) Alarms++;
                    Add(happened, null, null);
                    break;
                default:
                    Events += record.Growth;
                    break;
            }
        }
    }

    /// <summary>Days of all devices together.</summary>
    public double DeviceDays(DateTimeOffset end) => view.Devices.Length * (end - start).TotalDays;

    private void Add(HealthEvent happened, string? rule, Severity? severity)
        => _lines.Add(new ReplayLine(happened.LastSeen, happened.Kind, happened.Device?.Id.Value, happened.Device?.PciAddress, rule, severity, happened.Text));

    private HealthState? StateOf(HealthEvent happened)
        => (happened.Device is { } device ? view.Find(device.Id)?.Assessment : view.Assessment)?.State;
}

/// <summary>One line of the story.</summary>
/// <param name="Time">On the recording's clock.</param>
/// <param name="Kind">A finding raised, changed or cleared, or a change of state.</param>
/// <param name="Device">Of which device; null for the node.</param>
/// <param name="PciAddress">Its place.</param>
/// <param name="Rule">The rule, for a finding.</param>
/// <param name="Severity">How grave, for a finding.</param>
/// <param name="Text">One line for a person.</param>
internal sealed record ReplayLine(DateTimeOffset Time, HealthEventKind Kind, string? Device, string? PciAddress, string? Rule, Severity? Severity, string Text);

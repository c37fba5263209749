using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>
/// What an operator should see of a device, in words: what is judged of it; where nothing is, the bare facts: presence, the driver's error codes
/// and what the card flags. No threshold is applied here.
/// </summary>
internal static class DeviceTrouble
{
    private static readonly (SignalId Signal, string Words)[] Flags =
    [
        (SignalId.RowRemapFailed, "a row could not be remapped: no spare was left"),
        (SignalId.EccSramThresholdExceeded, "on-chip memory passed the maker's limit for replacement"),
        (SignalId.RowRemapPending, "a remapped row waits for a reset"),
        (SignalId.RetiredPagesPending, "a page waits for a driver load to be retired"),
        (SignalId.ClockEventHardwareThermal, "clocks held down by heat"),
        (SignalId.ClockEventHardwarePowerBrake, "clocks held down by the power brake"),
    ];

    /// <summary>The metrics that this looks at, for the question to the agent.</summary>
    public static IEnumerable<SignalId> Signals => Flags.Select(flag => flag.Signal).Append(SignalId.EccUncorrected);

    /// <summary>Worst first: lost, stalled or failed, failing, unknown, degraded, with something to say, without, excluded.</summary>
    public static int Rank(DeviceReport device) => device.Presence switch
    {
        DevicePresence.Lost => 0,
        DevicePresence.Stalled => 1,
        DevicePresence.Unknown => 3,
        DevicePresence.Measured => device.Assessment?.State switch
        {
            HealthState.Failed => 1,
            HealthState.Failing => 2,
            HealthState.Degraded => 4,
            HealthState.Watch => 5,
            _ => Notes(device).Any() ? 5 : 6,
        },
        _ => 7,
    };

    /// <summary>Red for what does not work or will not, yellow for what has something to say.</summary>
    public static Tone Tone(DeviceReport device) => Rank(device) switch
    {
        <= 2 => Cli.Tone.Bad,
        <= 5 => Cli.Tone.Warning,
        _ => Cli.Tone.Plain,
    };

    /// <summary>Its health while it is measured, else why it is not: one word for a narrow table.</summary>
    public static string Word(DeviceReport device)
        => device is { Presence: DevicePresence.Measured, Assessment.State: not HealthState.Unknown and var state } ? state.ToString() : device.Presence.ToString();

    /// <summary>One sentence; null when there is nothing to say.</summary>
    public static string? Sentence(DeviceReport device, DateTimeOffset now, TimeZoneInfo zone)
    {
        var notes = Notes(device).ToArray();
        // Of a source that was released its own line says so.
        if (device.Presence is DevicePresence.Measured or DevicePresence.Excluded && !device.IsLeftAlone() && notes.Length == 0) return null;
        var part = device.Parent is null ? "device" : "part";
        var who = device.Index is { } index ? $"{part} {index} {device.PciAddress}" : $"{part} {device.PciAddress}";
        if (device.Presence == DevicePresence.Measured) return $"{who}{Health(device)}: {string.Join("; ", notes)}";

        var since = device.Since is { } time ? $" since {Quantity.Moment(time, now, zone)} ({Quantity.Duration(now - time)})" : "";
        var why = string.Join("; ", notes.Prepend(device.Detail ?? device.Reason?.ToString() ?? "no reason given"));
        return $"{who} {device.Presence}{since}: {why}";
    }

    /// <summary>What a rule says and what to do: <c>a row … (row-remap-failed; replace it)</c>.</summary>
    public static string Sentence(FindingReport finding)
    {
        var todo = finding.Observed ? "only observed" : ActionText.Of(finding.WorkAction, finding.RepairAction);
        return $"{finding.Summary} ({finding.Rule}{(todo.Length == 0 ? "" : $"; {todo}")})";
    }

    private static string Health(DeviceReport device) => device.Assessment is { State: > HealthState.Healthy and < HealthState.Unknown } judged ? $" {judged.State}" : "";

    private static IEnumerable<string> Notes(DeviceReport device)
    {
        var findings = device.Assessment?.Findings ?? [];
        foreach (var finding in findings) yield return Sentence(finding);
        foreach (var (signal, words) in findings.Count > 0 ? [] : Flags)
        {
            if (device.Value(signal) is > 0) yield return words;
        }

        if (findings.Count == 0 && device.Value(SignalId.EccUncorrected) is > 0 and var errors) yield return Quantity.Whole(errors) + " uncorrected memory errors";
        foreach (var error in device.DriverErrors) yield return $"{error.Name} {error.Code} ×{error.Count}";
    }
}

using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>
/// What a device says about itself that an operator should see, in words. Facts alone: the presence, the driver's error codes and what
/// the card flags; no threshold is applied here.
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

    /// <summary>Worst first: lost, stalled, unknown, measured with something to say, measured, excluded.</summary>
    public static int Rank(DeviceReport device) => device.Presence switch
    {
        DevicePresence.Lost => 0,
        DevicePresence.Stalled => 1,
        DevicePresence.Unknown => 2,
        DevicePresence.Measured => Notes(device).Any() ? 3 : 4,
        _ => 5,
    };

    /// <summary>Red for what is not there, yellow for what has something to say.</summary>
    public static Tone Tone(DeviceReport device) => Rank(device) switch
    {
        0 or 1 => Cli.Tone.Bad,
        2 or 3 => Cli.Tone.Warning,
        _ => Cli.Tone.Plain,
    };

    /// <summary>One sentence; null when there is nothing to say.</summary>
    public static string? Sentence(DeviceReport device, DateTimeOffset now, TimeZoneInfo zone)
    {
        var notes = Notes(device).ToArray();
        if (device.Presence is DevicePresence.Measured or DevicePresence.Excluded && notes.Length == 0) return null;
        var part = device.Parent is null ? "device" : "part";
        var who = device.Index is { } index ? $"{part} {index} {device.PciAddress}" : $"{part} {device.PciAddress}";
        if (device.Presence == DevicePresence.Measured) return $"{who}: {string.Join("; ", notes)}";

        var since = device.Since is { } time ? $" since {Quantity.Moment(time, now, zone)} ({Quantity.Duration(now - time)})" : "";
        var why = string.Join("; ", notes.Prepend(device.Detail ?? device.Reason?.ToString() ?? "no reason given"));
        return $"{who} {device.Presence}{since}: {why}";
    }

    private static IEnumerable<string> Notes(DeviceReport device)
    {
        foreach (var (signal, words) in Flags)
        {
            if (device.Value(signal) is > 0) yield return words;
        }

        if (device.Value(SignalId.EccUncorrected) is > 0 and var errors) yield return Quantity.Whole(errors) + " uncorrected memory errors";
        foreach (var error in device.DriverErrors) yield return $"{error.Name} {error.Code} ×{error.Count}";
    }
}

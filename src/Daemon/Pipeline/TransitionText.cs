using Forewarn.Model;
using Forewarn.Predict.States;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What changed in the judgement, as events.</summary>
internal static class TransitionText
{
    /// <summary>Who sees transitions: the rules.</summary>
    public const string Source = "rules";

    /// <summary>Who changes what an operator asked for.</summary>
    public const string Operator = "operator";

    public static HealthEvent Event(Transition change, string bootId) => new()
    {
        Kind = change.Kind,
        Device = change.Device.Id == DeviceId.Node ? null : change.Device,
        Text = Text(change),
        BootId = bootId,
        FirstSeen = change.At,
        LastSeen = change.At,
        Source = Source,
        Finding = change.Finding,
    };

    public static HealthEvent Event(Maintenance? before, Maintenance? now, string why, string bootId, DateTimeOffset at) => new()
    {
        Kind = HealthEventKind.MaintenanceChanged,
        Text = now is null ? $"maintenance off: {why}" : $"maintenance on{Until(now)} by {now.By}{(now.Reason.Length == 0 ? "" : $": {now.Reason}")}",
        Code = now is null ? 0 : 1,
        BootId = bootId,
        FirstSeen = at,
        LastSeen = at,
        Source = (now ?? before)?.By.Length > 0 ? Operator : Source,
    };

    private static string Until(Maintenance maintenance) => maintenance.Until is { } end ? $" until {end:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";

    private static string Text(Transition change) => change.Kind switch
    {
        HealthEventKind.StateChanged => $"{change.Before} → {change.After}: {change.Why}",
        HealthEventKind.FindingCleared => $"{change.Finding?.Rule} cleared: {change.Why}",
        _ => $"{change.Finding?.Rule} ({change.Finding?.Severity}{(change.Finding is { IsObserved: true } ? ", observed" : "")}): {change.Why}",
    };
}

using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>
/// What the driver itself advises to do with a device, as its log and its events told it. It outranks every table: it knows what was hit and what
/// was contained.
/// </summary>
internal static class DriverAdvice
{
    // Two turns of the slow lane: a reading that was under way when the advice came is not an answer to it.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    // Own figure: the line with the advice follows its error within a second; a driver that is busy takes longer.
    private static readonly TimeSpan Follows = TimeSpan.FromSeconds(30);

    /// <summary>The advice that stands as an event told it, and since when; null when there is none, or it was withdrawn.</summary>
    public static (int Code, DateTimeOffset At)? Standing(in Subject subject)
        => Told(subject.Device, subject.Node.BootId) is { Code: > 0 } told && Withdrawn(subject.Device) <= told.At ? told : null;

    /// <summary>True when an event told of an advice, or of its end, in this boot.</summary>
    public static bool WasTold(in Subject subject) => Told(subject.Device, subject.Node.BootId).Code >= 0;

    /// <summary>True when the reading may be older than what an event told: it is no answer to that.</summary>
    public static bool IsReadBefore(in Subject subject)
        => Told(subject.Device, subject.Node.BootId) is { Code: >= 0 } told && subject.Device.Signal(SignalId.RecoveryAction).ReadAt(0) - told.At < Settled;

    /// <summary>
    /// The advice that came with this error, or while it went on, and so is about it; null when there is none. What a newer driver advises and nobody here
    /// understands says nothing of the error.
    /// </summary>
    public static RecoveryActionRow? About(in Subject subject, EventTally error)
        => Standing(in subject) is { } advice && advice.At >= error.First - Sympathetic.Window && advice.At <= CodedError.When(error) + Follows
            && RecoveryActionCatalog.Of(advice.Code) is { Code: > 0 } known
            ? known
            : null;

    /// <summary>
    /// When the driver last took back an advice; the default when that was not seen. A moment that stays: what comes after it is not taken back by
    /// each further reading of nothing.
    /// </summary>
    public static DateTimeOffset Withdrawn(DeviceHistory device)
    {
        var (code, at) = Told(device, null);
        if (code == 0) return at;
        var read = device.Signal(SignalId.RecoveryAction);
        if (code < 0 || read.ReadAt(0) - at < Settled || !device.TryGet(SignalId.RecoveryAction, out var now) || now != 0) return default;
        return read.ChangedAt(0) > at + Settled ? read.ChangedAt(0) : at + Settled;
    }

    /// <summary>The last that was told as an event; −1 when nothing was. A first word of "nothing" takes nothing back.</summary>
    private static (int Code, DateTimeOffset At) Told(DeviceHistory device, string? bootId)
    {
        var (code, at) = (-1, default(DateTimeOffset));
        var events = device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            var (kind, told) = (events[i].Latest.Kind, events[i].Latest.Detail);
            if (kind is not (HealthEventKind.DriverError or HealthEventKind.RecoveryAdvised) || told is not { Advice: >= 0 }) continue;
            if (told.Advice == 0 && told.AdviceBefore <= 0) continue;
            if (bootId is not null && events[i].Latest.BootId != bootId) continue;
            if (CodedError.When(events[i]) >= at) (code, at) = (told.Advice, CodedError.When(events[i]));
        }

        return (code, at);
    }
}

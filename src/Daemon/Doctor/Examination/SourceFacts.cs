namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>One thing that a library said; the device is a PCI address, or "-" for what concerns none.</summary>
internal readonly record struct Fact(string Device, string Key, string Value);

/// <summary>A call that did not return, or in which the process ended.</summary>
internal sealed record FailedCall(string Device, string Call, string What);

/// <summary>What an examination brought to light. Whatever is not there was not said.</summary>
internal sealed class SourceFacts(IReadOnlyList<Fact> facts, IReadOnlyList<FailedCall> failed, string? notDone = null, string? remedy = null)
{
    /// <summary>Stands for "no device".</summary>
    public const string Whole = "-";

    /// <summary>Calls that hung or crashed.</summary>
    public IReadOnlyList<FailedCall> Failed => failed;

    /// <summary>Why there was no examination, or why it ended early; null when it was complete but for <see cref="Failed"/>.</summary>
    public string? NotDone => notDone;

    /// <summary>What to do about <see cref="NotDone"/> where nothing else says it; null where there is nothing to mend here.</summary>
    public string? Remedy => remedy;

    /// <summary>The devices of which anything was said, in order of address.</summary>
    public IEnumerable<string> Devices =>
        facts.Where(fact => fact.Device != Whole).Select(fact => fact.Device).Distinct().Order(StringComparer.Ordinal);

    public string? Of(string key) => Of(Whole, key);

    public string? Of(string device, string key) => All(device, key).FirstOrDefault();

    public IEnumerable<string> All(string key) => All(Whole, key);

    private IEnumerable<string> All(string device, string key) =>
        facts.Where(fact => fact.Device == device && fact.Key == key).Select(fact => fact.Value);
}

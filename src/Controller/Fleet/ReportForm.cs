using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Fleet;

/// <summary>A report as it may be kept: bounded in every part, and nothing in it null. What comes over the wire is neither.</summary>
public static class ReportForm
{
    /// <summary>Own figure: sixteen cards cut into seven parts each, and adapters beside them.</summary>
    public const int MostDevices = 256;

    // Own figures: the longest UUID, serial or product name is below 100 letters; a line for people is what a terminal shows at once.
    private const int LongestName = 253;
    private const int LongestLine = 500;
    private const int MostJobs = 64;

    /// <summary>What is wrong with it, for the agent that sent it; null when nothing is.</summary>
    public static string? Complaint(AgentReport report)
    {
        if (!ReportProtocol.Understands(report.Protocol)) return null; // told apart by whoever asks
        if (!IsName(report.Node)) return $"node must be at most {LongestName} letters, digits, '.', '-' or '_'";
        if (report.Store is not { Length: <= LongestName }) return "store must name the agent's store of events";
        if (report.Sequence < 0) return "sequence must not be below 0";
        if (!report.Devices.IsDefault && report.Devices.Length > MostDevices) return $"there are more than {MostDevices} devices";
        if (!report.Devices.IsDefault && report.Devices.Any(static device => device is not { Id.Length: > 0 })) return "a device has no id";
        if (report.Itself is { } itself && Complaint(itself) is { } ofItself) return ofItself;
        if (!report.Devices.IsDefault && report.Devices.Select(Complaint).FirstOrDefault(static complaint => complaint is not null) is { } ofDevice) return ofDevice;
        if (report.Transitions.IsDefaultOrEmpty) return null;
        if (report.Store.Length == 0) return "transitions are of a store, and none is named";
        if (report.Transitions.Length > ReportProtocol.MostTransitions) return $"there are more than {ReportProtocol.MostTransitions} transitions";
        if (report.Transitions.Any(static transition => transition is not { Id: > 0, Device.Length: > 0 })) return "a transition has no number or no device";
        if (report.Transitions.Any(static transition => !Enum.IsDefined(transition.Kind))) return "a transition is of no kind that is known";
        return report.Transitions.Zip(report.Transitions.Skip(1)).Any(static pair => pair.Second.Id <= pair.First.Id) ? "transitions are not in the order of their numbers" : null;
    }

    // A number that stands for no name is taken by the reader of JSON, and everything behind it counts on the names.
    private static string? Complaint(ReportedDevice device)
    {
        if (!Enum.IsDefined(device.State)) return "a device is in a state that is not known";
        if (!Enum.IsDefined(device.Presence)) return "a device has a presence that is not known";
        if (!Enum.IsDefined(device.Actions.Work) || !Enum.IsDefined(device.Actions.Repair)) return "for a device something is asked that is not known";
        var chance = device.Probability;
        return IsChance(chance.OneHour) && IsChance(chance.OneDay) && IsChance(chance.SevenDays) ? null : "a chance of failure is not from 0 to 1";
    }

    private static bool IsChance(double chance) => chance is >= 0 and <= 1;

    /// <summary>The same, to be kept. Texts that many nodes say alike become one.</summary>
    public static AgentReport Settle(AgentReport report, SharedTexts texts) => report with
    {
        BootId = Cut(report.BootId, LongestName),
        Version = texts.Of(Cut(report.Version, LongestName)),
        Driver = texts.Of(Cut(report.Driver, LongestName)),
        Itself = report.Itself is { } itself ? Settle(itself, texts) : null,
        Devices = Each(report.Devices, MostDevices, device => Settle(device, texts)),
        Transitions = Each(report.Transitions, ReportProtocol.MostTransitions, transition => Settle(transition, texts)),
        Requested = Each(report.Requested, MostJobs, static job => Cut(job, LongestName)),
        HistoryOf = Each(report.HistoryOf, MostDevices, static serial => Cut(serial, LongestName)),
    };

    /// <summary>A node's name: of a host, or any that is safe in a file name and in a token.</summary>
    public static bool IsName(string? name)
        => name is { Length: > 0 and <= LongestName } && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static ReportedDevice Settle(ReportedDevice device, SharedTexts texts) => device with
    {
        Id = Cut(device.Id, LongestName),
        Serial = Cut(device.Serial, LongestName),
        Model = texts.Of(Cut(device.Model, LongestName)),
        PciAddress = texts.Of(Cut(device.PciAddress, LongestName)),
        ClusterUuid = texts.Of(Cut(device.ClusterUuid, LongestName)),
        Rule = texts.Of(Cut(device.Rule, LongestName)),
        Summary = Cut(device.Summary, LongestLine),
        Jobs = Each(device.Jobs, MostJobs, static job => Cut(job, LongestName)),
    };

    private static ReportedTransition Settle(ReportedTransition transition, SharedTexts texts) => transition with
    {
        Device = Cut(transition.Device, LongestName),
        Text = Cut(transition.Text, LongestLine),
        Rule = texts.Of(Cut(transition.Rule, LongestName)),
        Node = "",
    };

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> all, int most, Func<T, T> settle)
        => all.IsDefaultOrEmpty ? [] : [.. all.Take(most).Select(settle)];

    private static string Cut(string? text, int longest) => text is null ? "" : text.Length <= longest ? text : text[..longest];
}

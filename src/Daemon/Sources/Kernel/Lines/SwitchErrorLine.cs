using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// <c>nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Fatal, Link 02 text (First)</c>. Lines that begin with <c>Severity</c> or <c>Data {</c> go on
/// with the one before and count nothing. Codes of host, SOE, CCI and OSFP have no word for how grave they are.
/// </summary>
internal sealed partial class SwitchErrorLine : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["SXid ("];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match || KernelDevices.Address(match.Groups["bdf"].ValueSpan) is not { } address)
            return line.Text.StartsWith("nvidia-nvswitch", StringComparison.Ordinal) ? Unknown(line.Text) : null;
        var message = match.Text("message");
        if (message.StartsWith("Severity ", StringComparison.Ordinal) || message.StartsWith("Data {", StringComparison.Ordinal)) return null;
        var (code, severity, link) = (match.Number("sxid"), match.Text("severity"), match.Number("link", -1));
        return new()
        {
            Kind = HealthEventKind.SwitchError,
            Device = devices.At(address, KernelDevices.Nvidia, "NVSwitch", match.Number("id", -1)),
            Code = code,
            Text = $"SXid {code}{(severity.Length == 0 ? "" : ", ")}{severity}{(link < 0 ? "" : $", link {link}")}: {message}",
            Detail = new() { Link = link, Printed = Printed(severity), Place = Instance().Match(message).Value },
        };
    }

    private static PrintedSeverity Printed(string word) => word switch
    {
        "Fatal" => PrintedSeverity.Fatal,
        "Non-fatal" => PrintedSeverity.NonFatal,
        "Correctable" => PrintedSeverity.Corrected,
        _ => PrintedSeverity.None,
    };

    private static KernelNews Unknown(string text)
        => new() { Kind = HealthEventKind.DriverTrouble, Text = text, Detail = new() { Unit = "SXid" }, IsUnderstood = false };

    [GeneratedRegex(
        @"^nvidia-nvswitch(?<id>\d+): SXid \(PCI:(?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(\.[0-7])?)\): (?<sxid>\d{1,6}), ((?<severity>Fatal|Non-fatal|Correctable)(, | |$))?(Link (?<link>\d+)[ ,]?)?(?<message>.*)$",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(@"instance=\d+, chiplet=\d+", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Instance();
}

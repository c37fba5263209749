using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// What NVIDIA's driver says beside Xids: a card that it could not start, a GSP whose errors it stopped printing, an assertion that failed. The
/// unit tells them apart: <c>RmInitAdapter</c>, <c>GSP</c>, <c>assertion</c>, <c>probe</c>, <c>version</c>.
/// </summary>
internal sealed partial class DriverTroubleLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } =
        ["RmInitAdapter failed", "Rate limiting GSP RPC error prints", "Assert", "Check failed", "NVIDIA probe routine failed", "NVRM: API mismatch"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        var text = line.Text;
        if (!text.StartsWith("NVRM: ", StringComparison.Ordinal)) return null;
        var said = text["NVRM: ".Length..];
        var device = Place().Match(text) is { Success: true } place && KernelDevices.Address(place.ValueSpan) is { } address
            ? devices.At(address, KernelDevices.Nvidia) : null;
        if (Init().Match(text) is { Success: true } init)
            return News(device, $"the driver could not start the card (RmInitAdapter {init.Text("code")})", new() { Unit = "RmInitAdapter", Place = init.Text("code") });
        if (text.Contains("Rate limiting GSP RPC error prints", StringComparison.Ordinal))
        {
            bool? needsReset = text.Contains("likely needs to be reset", StringComparison.Ordinal) ? true : null;
            return News(device, said, new() { Unit = "GSP", NeedsReset = needsReset });
        }

        if (Assertion().Match(text) is { Success: true } assertion) return News(device, said, new() { Unit = "assertion", Place = assertion.Text("where") });
        if (text.Contains("NVIDIA probe routine failed", StringComparison.Ordinal)) return News(device, said, new() { Unit = "probe" });
        return text.Contains("API mismatch", StringComparison.Ordinal) ? News(device, said, new() { Unit = "version" }) : null;
    }

    private static KernelNews News(Device? device, string text, EventDetail detail)
        => new() { Kind = HealthEventKind.DriverTrouble, Device = device, Text = text, Detail = detail };

    [GeneratedRegex(@"\b[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(\.[0-7])?\b", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Place();

    [GeneratedRegex(@"RmInitAdapter failed!( \((?<code>0x[0-9a-fA-F]+:0x[0-9a-fA-F]+:\d+)\))?", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Init();

    [GeneratedRegex(@"(Assert\w*: |Assertion failed: |Check failed: ).*?(@ (?<where>\S+:\d+))?$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Assertion();
}

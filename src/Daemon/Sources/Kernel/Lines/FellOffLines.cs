using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// A GPU is off the bus: <c>NVRM: GPU 0000:81:00.0: GPU has fallen off the bus.</c> while it worked; three lines when the driver first looked for it,
/// of which the first alone has the address.
/// </summary>
internal sealed partial class FellOffLines : ILineParser
{
    private string? _probed;

    public IReadOnlyList<string> Words { get; } = ["fallen off the bus", "NVRM: The NVIDIA GPU "];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Working().Match(line.Text) is { Success: true } working)
            return News(KernelDevices.Address(working.Groups["bdf"].ValueSpan), "the GPU has fallen off the bus", line.Text, devices);
        if (First().Match(line.Text) is { Success: true } first)
        {
            _probed = KernelDevices.Address(first.Groups["bdf"].ValueSpan);
            if (!line.Text.Contains("fallen off the bus", StringComparison.Ordinal)) return null;
        }
        else if (!line.Text.StartsWith("NVRM: fallen off the bus", StringComparison.Ordinal))
        {
            return null;
        }

        var address = _probed;
        _probed = null;
        return News(address, "the GPU had fallen off the bus when the driver looked for it", line.Text, devices);
    }

    private static KernelNews News(string? address, string text, string raw, KernelDevices devices) => new()
    {
        Kind = HealthEventKind.DeviceFellOff,
        Device = address is null ? null : devices.At(address, KernelDevices.Nvidia),
        Text = address is null ? raw : text,
        IsUnderstood = address is not null,
    };

    [GeneratedRegex(@"^NVRM: GPU (at PCI:)?(?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(\.[0-7])?): GPU has fallen off the bus", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Working();

    [GeneratedRegex(@"^NVRM: The NVIDIA GPU (?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(\.[0-7])?)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex First();
}

using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>Who a GPU is, told once before its first Xid in a boot: its uuid, and in the line after it the serial number of its board.</summary>
internal sealed partial class DeviceNamedLines : ILineParser
{
    private const string SerialWords = "NVRM: GPU Board Serial Number: ";

    private Device? _last;

    public IReadOnlyList<string> Words { get; } = ["NVRM: GPU at PCI:", SerialWords];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Named().Match(line.Text) is { Success: true } match && KernelDevices.Address(match.Groups["bdf"].ValueSpan) is { } address)
        {
            _last = devices.Name(address, KernelDevices.Nvidia, match.Text("uuid"));
            return News(_last, $"the GPU at {address} is {_last.Id}");
        }

        if (_last is null || !line.Text.StartsWith(SerialWords, StringComparison.Ordinal)) return null;
        var serial = line.Text[SerialWords.Length..].Trim();
        var device = _last.Serial.Length == 0 ? _last with { Serial = serial } : _last;
        _last = null;
        return News(device, $"the GPU at {device.PciAddress} has board serial number {serial}");
    }

    private static KernelNews News(Device device, string text) => new() { Kind = HealthEventKind.DeviceNamed, Device = device, Text = text };

    [GeneratedRegex(
        @"^NVRM: GPU at PCI:(?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}): (?<uuid>GPU-[0-9a-fA-F-]{36})$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Named();
}

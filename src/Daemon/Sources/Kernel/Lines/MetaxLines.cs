using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// What MetaX' drivers log of a card: <c>MXCD.B4F00.D0.IOCTL.ERROR EID (0000:4f:00.0): 0x2202, …</c>, where B is the place on the bus as one number. Few of
/// the codes are published, none with how grave it is: all but a program's own faults are <c>reported</c>, with which nobody is called. Form: the log
/// monitor of the maker's exporter; codes: its public documentation, page 661.
/// </summary>
internal sealed partial class MetaxLines : ILineParser
{
    /// <summary>The address unit met an address that a program may not use; a shader did something that it may not.</summary>
    private static readonly int[] OfPrograms = [0x2101, 0x2102];

    private static readonly (int Code, string Meaning)[] Meanings =
    [
        (0x1101, "checksum of the EEPROM"), (0x1102, "register security violation"), (0x1103, "main flash bad, booted from the other"), (0x1104, "self-test of the board"),
        (0x1105, "configuration of the chip"), (0x1106, "firmware version of the voltage regulator"), (0x1107, "firmware memory of the PHY"), (0x1108, "optical module or link"),
        (0x1109, "flash of the slave die"), (0x110a, "MetaXLink link"), (0x2101, "address translation fault"), (0x2102, "shader error"),
    ];

    public IReadOnlyList<string> Words { get; } = ["METAX.B", "MXGVM.B", "MXCD.B"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var device = Address(match.Hex("bus", -1)) is { } address ? devices.At(address, KernelDevices.Metax) : null;
        var said = match.Text("message");
        var code = match.Hex("code");
        var meaning = Meanings.FirstOrDefault(known => known.Code == code).Meaning is { } known ? $" ({known})" : "";
        return new()
        {
            Kind = HealthEventKind.DriverTrouble,
            Device = device,
            Code = code,
            Text = match.Groups["code"].Success ? string.Create(CultureInfo.InvariantCulture, $"EID 0x{code:x4}{meaning}: {said}") : said,
            Detail = new()
            {
                Unit = OfPrograms.Contains(code) ? "page fault" : "reported",
                Place = match.Text("unit") + (match.Groups["die"].Success ? $", die {match.Text("die")}" : ""),
            },
        };
    }

    /// <summary>domain &lt;&lt; 16 | bus &lt;&lt; 8 | device &lt;&lt; 3 | function.</summary>
    private static string? Address(int place) => place < 0 ? null
        : KernelDevices.Address(string.Create(CultureInfo.InvariantCulture, $"{place >> 16:x4}:{(place >> 8) & 0xff:x2}:{(place >> 3) & 0x1f:x2}.{place & 7}"));

    [GeneratedRegex(
        @"^(METAX|MXGVM|MXCD)\.B(?<bus>[0-9A-F]{3,7})\.(D(?<die>[0-9])\.)?(V[0-9]+\.)?(?<unit>[A-Z]{1,20})\.(ERROR|ALERT) (EID \([0-9a-fA-F:.]{1,20}\): 0x(?<code>[0-9a-fA-F]{1,6}), )?(?<message>.+)$",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();
}

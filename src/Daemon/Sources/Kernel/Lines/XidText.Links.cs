using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

internal static partial class XidText
{
    /// <summary>Links up to NVLink 4 (74, 136): number and seven registers. NVLink 5 (144 to 150): unit, gravity, flags, link and registers.</summary>
    private static EventDetail Link(int code, string text, EventDetail known)
    {
        if (code >= 144 && FifthGeneration().Match(text) is { Success: true } fifth)
        {
            return known with
            {
                Unit = fifth.Text("sub"),
                Printed = fifth.Text("severity") == "Nonfatal" ? PrintedSeverity.NonFatal : PrintedSeverity.Fatal,
                Place = fifth.Text("contain"),
                Injected = fifth.Text("injected") == "i1",
                Link = fifth.Number("link", -1),
                Registers = LineRegex.Registers(fifth.Text("registers")),
            };
        }

        if (FourthGeneration().Match(text) is not { Success: true } fourth) return known;
        return known with
        {
            Link = fourth.Number("link", -1),
            Printed = fourth.Groups["fatal"].Success ? PrintedSeverity.Fatal : PrintedSeverity.None,
            Registers = LineRegex.Registers(fourth.Text("registers")),
        };
    }

    [GeneratedRegex(
        @"(?<sub>[A-Z][A-Z0-9_]+( [A-Z][a-z]+)??) (?<severity>Fatal|Nonfatal|Link Fatal) (?<contain>XC[01]) (?<injected>i[01]) Link (?<link>-?\d+) \((?<registers>0x[0-9a-fA-F]+( 0x[0-9a-fA-F]+)*)\)",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex FifthGeneration();

    [GeneratedRegex(@"NVLink: .*?(?<fatal>\bfatal\b)?.*?\blink (?<link>\d+)( ?\((?<registers>0x[0-9a-fA-F]+(, 0x[0-9a-fA-F]+)*)\))?", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex FourthGeneration();
}

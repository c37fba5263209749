using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>What the text of some Xids says of where and what. The texts are those of open-gpu-kernel-modules 595.45.04 and of NVIDIA's Xid catalogue.</summary>
internal static partial class XidText
{
    /// <summary>What is not recognised adds nothing.</summary>
    public static EventDetail Detail(int code, string text, EventDetail known) => code switch
    {
        13 => With(Processor(), text, known, (match, detail) => detail with { Place = match.Text("place") }),
        31 => With(Fault(), text, known, (match, detail) => detail with { Unit = match.Text("engine"), Place = $"{match.Text("client")}, {match.Text("type")}" }),
        48 or 171 or 172 => With(Partition(), text, known, (match, detail) => detail with { Place = match.Text("place") }),
        63 or 64 => With(Row(), text, known, (match, detail) => detail with { Place = match.Text("row") }),
        74 or 136 or >= 144 and <= 150 => Link(code, text, known),
        92 => With(Storm(), text, known, (match, detail) => detail with { Unit = match.Text("unit") }),
        94 or 95 => With(Containment(), text, known, Contained),
        109 => With(ContextSwitch(), text, known, (match, detail) => detail with { Unit = match.Text("what"), Registers = LineRegex.Registers(match.Text("info")) }),
        119 => With(Rpc(), text, known, (match, detail) => detail with { Unit = "GSP", Place = $"function {match.Text("fn")} ({match.Text("name")})" }),
        120 => known with { Unit = "GSP" },
        140 => With(Escaped(), text, known, (match, detail) => detail with { Place = match.Text("place") }),
        154 => With(Advice(), text, known, (match, detail) => detail with { AdviceBefore = match.Hex("from", -1), Advice = match.Hex("to", -1) }),
        160 => With(Channel(), text, known, (match, detail) => detail with { Place = match.Text("place") }),
        _ => known,
    };

    private static EventDetail With(Regex regex, string text, EventDetail known, Func<Match, EventDetail, EventDetail> add)
        => regex.Match(text) is { Success: true } match ? add(match, known) : known;

    /// <summary>RST: a reset is needed before further work; D-RST: drain, then reset.</summary>
    private static EventDetail Contained(Match match, EventDetail detail) => detail with
    {
        Unit = match.Text("unit"),
        Registers = LineRegex.Registers(match.Text("mask")),
        NeedsReset = match.Text("rst") == "Yes",
        NeedsDrain = match.Text("drst") == "Yes",
    };

    [GeneratedRegex(@"\((?<place>GPC \d+, TPC \d+(, SM \d+)?)\)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Processor();

    [GeneratedRegex(@"MMU Fault: ENGINE (?<engine>\S+) (?<client>\S+) faulted @ \S+ Fault is of type (?<type>\S+( \S+)?)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Fault();

    [GeneratedRegex(@"(?<place>(FBPA \d+ subpartition \d+|partition \d+, subpartition \d+))", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Partition();

    [GeneratedRegex(@"(?<row>0x[0-9a-fA-F]+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<unit>logical partition \d+|SM) ?(SBE|,|$)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Storm();

    [GeneratedRegex(
        @"(Contained|Uncontained): (?<unit>[^(]+?) \((?<mask>0x[0-9a-fA-F]+(, ?0x[0-9a-fA-F]+)*)\)\. RST: (?<rst>Yes|No), D-RST: (?<drst>Yes|No)",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Containment();

    [GeneratedRegex(@"errorString (?<what>[^,]+), Info (?<info>0x[0-9a-fA-F]+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex ContextSwitch();

    [GeneratedRegex(
        @"Timeout after \d+s of waiting for RPC response from GPU\d+ GSP! Expected function (?<fn>\d+) \((?<name>\w+)\)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Rpc();

    [GeneratedRegex(@"(?<place>DRAM:\s?-?\d+.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Escaped();

    // The words in parentheses changed from driver to driver ("GPU Reset Required", "PF FLR"); the numbers did not.
    [GeneratedRegex(@"recovery action changed from 0x(?<from>[0-9a-fA-F]+) \([^)]*\) to 0x(?<to>[0-9a-fA-F]+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Advice();

    [GeneratedRegex(@"(?<place>Channel \d+ in FBPA \d+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Channel();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>What the patterns of all families share.</summary>
internal static class LineRegex
{
    /// <summary>Groups have names; nothing depends on a language.</summary>
    public const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>In ms. A line has at most a few KiB and takes microseconds; the bound is for a line that was made to be slow.</summary>
    public const int Timeout = 100;

    /// <summary>The group's text; "" when it took no part.</summary>
    public static string Text(this Match match, string group) => match.Groups[group].Value;

    /// <summary>The group as a number; what it is not, or too large, is the fallback.</summary>
    public static int Number(this Match match, string group, int fallback = 0)
        => int.TryParse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    /// <summary>The group, hexadecimal without 0x, as a number.</summary>
    public static int Hex(this Match match, string group, int fallback = 0)
        => int.TryParse(match.Groups[group].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    /// <summary>Registers as drivers print them, <c>0x1, 0x10000</c> or apart by blanks; one that does not fit 32 bits ends the list.</summary>
    public static ImmutableArray<uint> Registers(ReadOnlySpan<char> text)
    {
        var registers = ImmutableArray.CreateBuilder<uint>();
        foreach (var part in text.SplitAny(", "))
        {
            var word = text[part];
            if (word.IsEmpty) continue;
            if (!word.StartsWith("0x") || !uint.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var register)) break;
            registers.Add(register);
        }

        return registers.ToImmutable();
    }
}

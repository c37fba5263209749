using System.Globalization;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>A name that somebody else gave a file, fit for a line of text: what would steer a terminal or end the line is written as its number.</summary>
internal static class ShownName
{
    /// <summary>True when it can be printed as it is.</summary>
    public static bool IsPlain(string name) => !name.Any(char.IsControl);

    public static string Of(string name) => IsPlain(name)
        ? name
        : string.Concat(name.Select(letter => char.IsControl(letter) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}") : letter.ToString()));
}

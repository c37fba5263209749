namespace Forewarn.Daemon.Cli;

/// <summary>A share as a bar, for those who would rather look than read; the number always stands beside it.</summary>
internal static class Bar
{
    /// <summary>So many cells; blank where the share is not known.</summary>
    public static string Of(double? share, int cells)
    {
        if (share is not { } known) return new string(' ', cells);
        var full = (int)Math.Round(Math.Clamp(known, 0, 1) * cells, MidpointRounding.AwayFromZero);
        return new string('█', full) + new string('░', cells - full);
    }
}

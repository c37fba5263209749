using System.Globalization;

namespace Forewarn.Daemon.Recovery;

/// <summary>How far somebody has been told: <c>LINE-CHANGE-RUN</c>, the <c>id:</c> of an event.</summary>
/// <param name="Line">Up to this line of the journal.</param>
/// <param name="Change">Up to this change of a node, of that run of the controller.</param>
/// <param name="Run">The run: when it began, in milliseconds since 1970.</param>
internal readonly record struct EventMark(long Line, long Change, long Run)
{
    /// <summary>A number alone is a line of the journal. Null for what is none.</summary>
    public static EventMark? Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length is not (1 or 3) || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line)) return null;
        if (parts.Length == 1) return new(line, 0, 0);
        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var change) && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? new(line, change, run) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}-{Change}-{Run}");
}

using System.Collections.Immutable;
using Forewarn.Controller.Guards;

namespace Forewarn.Daemon.Configuration;

/// <summary>Modes of single partitions as a person writes them: <c>train:auto debug:approve</c>.</summary>
internal static class PartitionModes
{
    /// <summary>The kind of setting; a partition named twice is none.</summary>
    public static readonly SettingType<ImmutableDictionary<string, ActionMode>> Type = new(
        "PARTITION:MODE apart by blanks, where MODE is one of observe, approve, auto; or empty", TryParse,
        static modes => string.Join(' ', modes.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => $"{one.Key}:{Mode.Format(one.Value)}")));

    /// <summary>One mode.</summary>
    public static SettingType<ActionMode> Mode => SettingTypes.Choice(("observe", ActionMode.Observe), ("approve", ActionMode.Approve), ("auto", ActionMode.Auto));

    private static bool TryParse(string text, out ImmutableDictionary<string, ActionMode> value)
    {
        value = ImmutableDictionary<string, ActionMode>.Empty;
        foreach (var word in text.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.LastIndexOf(':');
            if (colon < 1 || !Mode.TryParse(word[(colon + 1)..], out var mode) || value.ContainsKey(word[..colon])) return false;
            value = value.Add(word[..colon], mode);
        }

        return true;
    }
}

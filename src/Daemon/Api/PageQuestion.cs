using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Which part of a long list is asked for: <c>?state=A,B&amp;partition=NAME&amp;after=NAME&amp;limit=N</c>, all of them together.</summary>
/// <param name="Limit">How many at most.</param>
/// <param name="After">What comes behind this name; null from the beginning.</param>
/// <param name="States">In one of these states; null in any.</param>
/// <param name="Partition">In this partition; null in any.</param>
internal sealed record PageQuestion<TState>(int Limit, string? After, IReadOnlySet<TState>? States, string? Partition)
    where TState : struct, Enum
{
    public const int DefaultLimit = 1000;

    // As many as there can be nodes: the answer is written as it is made, and needs no room for all of it.
    public const int MostLimit = 65_536;

    private static readonly string[] Known = ["state", "partition", "after", "limit"];

    /// <summary>Null, and why, when it is not understood.</summary>
    public static PageQuestion<TState>? Read(IQueryCollection query, out string why)
    {
        why = "";
        var (limit, states) = (DefaultLimit, (HashSet<TState>?)null);
        if (query.Keys.FirstOrDefault(static key => !Known.Contains(key, StringComparer.Ordinal)) is { } strange)
            why = $"{strange} is none of {string.Join(", ", Known)}";
        else if (Given(query, "limit") is { } count && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
            why = string.Create(CultureInfo.InvariantCulture, $"limit={count} is not a number from 1 to {MostLimit}");
        else if (Given(query, "state") is { } names && (states = Parse(names)) is null)
            why = $"state={names} is not made of {string.Join(", ", Enum.GetNames<TState>())}";
        return why.Length > 0 ? null : new(limit, Given(query, "after"), states, Given(query, "partition"));
    }

    /// <summary>States by their names, apart by commas; null where one is none.</summary>
    public static HashSet<TState>? Parse(string names)
    {
        HashSet<TState> states = [];
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A number would be taken for a state as well.
            if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<TState>(name, ignoreCase: true, out var state)) return null;
            states.Add(state);
        }

        return states.Count == 0 ? null : states;
    }

    private static string? Given(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value] ? value : null;
}

using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Which events are asked for: <c>?after=NUMBER&amp;since=TIME&amp;limit=N&amp;device=ID&amp;kind=KIND</c>, all of them together.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record EventQuestion(EventFilter Filter, int Limit)
{
    public const int DefaultLimit = 200;
    public const int MostLimit = 5000;

    /// <summary>Null, and why, when it is not understood.</summary>
    public static EventQuestion? Read(IQueryCollection query, out string why)
    {
        why = "";
        var (after, since, limit, kind) = (0L, DateTimeOffset.MinValue, DefaultLimit, default(HealthEventKind));
        if (Given(query, "after") is { } number && !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            why = $"after={number} is not a number";
        else if (Given(query, "since") is { } time && !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
            why = $"since={time} is not a time, such as 2026-03-01T12:00:00Z";
        else if (Given(query, "limit") is { } count && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
            why = string.Create(CultureInfo.InvariantCulture, $"limit={count} is not a number from 1 to {MostLimit}");
        else if (Given(query, "kind") is { } name && (!Enum.TryParse(name, ignoreCase: true, out kind) || !Enum.IsDefined(kind)))
            why = $"kind={name} is none of {string.Join(", ", Enum.GetNames<HealthEventKind>())}";
        if (why.Length > 0) return null;
        var device = Given(query, "device") is { } id ? new DeviceId(id) : (DeviceId?)null;
        // Who asks without a number to go on from wants the newest.
        return new EventQuestion(new EventFilter(after, since, device, Given(query, "kind") is null ? null : kind, Newest: Given(query, "after") is null), limit);
    }

    private static string? Given(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value] ? value : null;
}

using System.Text.Json;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>What a user of /v1/fleet sees of one node.</summary>
internal sealed record FleetNodeAnswer(string Name, string State, bool Current);

/// <summary>What a user of /v1/incidents sees of one trouble; what happened, and the controller's own share of the time, where it was asked for alone.</summary>
internal sealed record IncidentAnswer(long Id, string Node, string Rule, DateTimeOffset? Closed, string? Verdict, IReadOnlyList<MilestoneAnswer>? Timeline, double OwnSeconds)
{
    public IReadOnlyList<MilestoneAnswer> Milestones => Timeline ?? [];

    public bool Has(string what) => Milestones.Any(one => one.What == what);

    /// <summary>When this happened first.</summary>
    public DateTimeOffset First(string what) => Milestones.First(one => one.What == what).At;

    public int Count(string what) => Milestones.Count(one => one.What == what);

    /// <summary>A line for each thing that happened, with the seconds since the first.</summary>
    public override string ToString() => string.Join('\n', Milestones
        .Select(one => FormattableString.Invariant($"{(one.At - Milestones[0].At).TotalSeconds,8:0.00} s  {one.What,-16} {one.Text}"))
        .Prepend(FormattableString.Invariant($"incident {Id}: {Rule} on {Node}, {Verdict}, {(Closed is null ? "open" : "closed")}"))
        .Append(FormattableString.Invariant($"{OwnSeconds,8:0.00} s  of it were the controller's own (2 promised)")));
}

/// <summary>One thing that happened.</summary>
internal sealed record MilestoneAnswer(string What, DateTimeOffset At, string Text);

/// <summary>The bodies of the controller's pages.</summary>
internal static class IncidentAnswers
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<FleetNodeAnswer> Fleet(string json) => JsonSerializer.Deserialize<FleetPage>(json, Format)!.Nodes;

    public static IReadOnlyList<IncidentAnswer> All(string json) => JsonSerializer.Deserialize<IncidentPage>(json, Format)!.Incidents;

    public static IncidentAnswer One(string json) => JsonSerializer.Deserialize<IncidentAnswer>(json, Format)!;

    private sealed record FleetPage(IReadOnlyList<FleetNodeAnswer> Nodes);

    private sealed record IncidentPage(IReadOnlyList<IncidentAnswer> Incidents);
}

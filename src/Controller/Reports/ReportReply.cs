using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Forewarn.Controller.Reports;

/// <summary>What a controller answers to a report that it took.</summary>
public sealed record ReportReply
{
    /// <summary>The version that the controller speaks.</summary>
    public required int Protocol { get; init; }

    /// <summary>All transitions of that store up to this number are kept: they need not be sent again. Written also when it is 0: a reply without it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long Taken { get; init; }

    /// <summary>What jobs of this node are asked for. Whole: a request that is not here any more is taken away.</summary>
    public ImmutableArray<CheckpointOrder> Orders { get; init; } = [];

    /// <summary>
    /// Of the cards that were asked for, each with what is known of it from elsewhere, be it nothing. One that is not here could not be looked up now, or did not fit: it is to be
    /// asked for again.
    /// </summary>
    public ImmutableArray<CardHistory> Histories { get; init; } = [];
}

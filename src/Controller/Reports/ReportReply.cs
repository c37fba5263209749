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

    /// <summary>History of cards that the agent does not have on its own any more, by serial; only after a first report.</summary>
    public ImmutableArray<CardHistory> Histories { get; init; } = [];
}

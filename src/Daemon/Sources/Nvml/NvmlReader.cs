using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>One call group: the calls and field values that are read together.</summary>
internal sealed record NvmlReader(string Name, SampleGroup Group)
{
    /// <summary>Of the group that is read from each link.</summary>
    public const string LinkGroup = "nvlink";

    /// <summary>Of the group that a card does not offer while it has MIG instances.</summary>
    public const string RowGroup = "remapped-rows";

    /// <summary>One after the other, in this order.</summary>
    public NvmlReading[] Readings { get; init; } = [];

    /// <summary>Field values, all in one call.</summary>
    public NvmlFieldRow[] Fields { get; init; } = [];

    /// <summary>How often all of it is read from a card; once where nothing repeats.</summary>
    public Func<NvmlTarget, int>? Instances { get; init; }

    public CallGroup CallGroup { get; } = new(Name, Group);
}

using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>How far a site lets jobs speak for themselves, and what it says in their place. The defaults are own figures: more than honest jobs need, less than would hold a cluster.</summary>
public sealed record ContractBounds
{
    /// <summary>Folders beneath which checkpoints must lie; empty: anywhere.</summary>
    public ImmutableArray<string> Folders { get; init; } = [];

    /// <summary>Longest pause after a checkpoint.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest interval of regular checkpoints.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longest time that one checkpoint may be said to take.</summary>
    public TimeSpan LongestCheckpoint { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time from start to computing.</summary>
    public TimeSpan LongestLoad { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Most restarts by us in a day.</summary>
    public int MostRestarts { get; init; } = 10;

    /// <summary>What it declares itself for jobs of a kind, in the order in which it is asked: the first that covers a job holds.</summary>
    public ImmutableArray<SiteContract> Site { get; init; } = [];

    /// <summary>Whether checkpoints may lie in this folder, by its absolute path.</summary>
    public bool Allows(string folder)
        => Folders.IsEmpty || Folders.Any(one => folder.Equals(one, StringComparison.Ordinal) || folder.StartsWith(one.TrimEnd('/') + "/", StringComparison.Ordinal));
}

using System.Collections.Immutable;

namespace Forewarn.Controller.Guards;

/// <summary>How far the guards let go. Own figures, on the careful side; each is a site's to change.</summary>
public sealed record GuardSettings
{
    /// <summary>Mode where a partition has none of its own.</summary>
    public ActionMode Mode { get; init; } = ActionMode.Observe;

    /// <summary>Modes by partition.</summary>
    public ImmutableDictionary<string, ActionMode> Modes { get; init; } = ImmutableDictionary<string, ActionMode>.Empty;

    /// <summary>How far repairs may go where a partition's mode lets at least as much. Observe until somebody asks for more: a reboot is more than a drain.</summary>
    public ActionMode RepairMode { get; init; } = ActionMode.Observe;

    /// <summary>How often one node may be repaired by us in a week: what comes back again and again is for people.</summary>
    public int RepairsPerWeek { get; init; } = 2;

    /// <summary>Greatest share of a partition's nodes that may be out of service, ours and those of others together; 0 to 1.</summary>
    public double MaxDrainedShare { get; init; } = 0.05;

    /// <summary>The same of one failure domain (leaf, scale-up domain); one node of it may always go.</summary>
    public double MaxDrainedShareOfDomain { get; init; } = 0.5;

    /// <summary>Nodes of a partition that may always be drained: a share of few is none.</summary>
    public int AlwaysDrainable { get; init; } = 1;

    /// <summary>How often one job may be started anew by us in a day, where its owner declared nothing.</summary>
    public int RestartsPerDay { get; init; } = 3;

    /// <summary>How many drains may be begun in <see cref="RateWindow"/>.</summary>
    public int DrainsPerWindow { get; init; } = 10;

    /// <summary>The window of <see cref="DrainsPerWindow"/>.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old a reading of the scheduler may be to act on it.</summary>
    public TimeSpan FreshSight { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far we may go in this partition.</summary>
    public ActionMode ModeOf(string partition, bool isRepair)
    {
        var mode = Modes.GetValueOrDefault(partition, Mode);
        return isRepair && RepairMode < mode ? RepairMode : mode;
    }
}

using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>One node, as its agent told it last.</summary>
public sealed record NodeSight
{
    /// <summary>The scheduler's name of it.</summary>
    public required string Name { get; init; }

    /// <summary>Its agent was not heard for longer than it may be: what it told last is not known to be so any more.</summary>
    public bool IsSilent { get; init; }

    /// <summary>This controller has not heard it yet, and it still has its time to speak: nothing follows from what an earlier one was told.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Somebody works at it.</summary>
    public bool InMaintenance { get; init; }

    /// <summary>Version of its driver; empty when none is known.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The kernel's boot; empty when it is not told.</summary>
    public string BootId { get; init; } = "";

    /// <summary>Its devices, and the node itself where something is said of it.</summary>
    public ImmutableArray<DeviceSight> Devices
    {
        get;
        init
        {
            field = value;
            IsInTrouble = value.Any(static device => device.IsTrouble);
        }
    } = [];

    /// <summary>Something is to be told of one of them. Known beforehand: each look asks it of every node.</summary>
    public bool IsInTrouble { get; private init; }

    /// <summary>Its scheduler has more cards for it than its agent tells of.</summary>
    public bool LacksCards { get; init; }

    /// <summary>What it has beside itself.</summary>
    public IEnumerable<DeviceSight> Cards => Devices.Where(static device => device.Device != DeviceId.Node);

    /// <summary>Its agent has judged the node itself, so it has found what there is. Before that nothing follows from what it does not tell of.</summary>
    public bool IsJudged => Devices.Any(static device => device.Device == DeviceId.Node);

    /// <summary>A job may be brought here: its agent speaks, has judged the node, tells of all its cards, and says nothing worse than that something is watched.</summary>
    public bool IsFit => !IsSilent && !IsAwaited && !InMaintenance && IsJudged && !LacksCards && Cards.Any()
        && Devices.All(static device => device.State <= HealthState.Watch && device.Actions.Work < WorkAction.DrainWhenIdle);
}

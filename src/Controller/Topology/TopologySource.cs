namespace Forewarn.Controller.Topology;

/// <summary>Who says how nodes are wired, the most trusted first: an operator who overrules, then what was measured, then what was configured.</summary>
public enum TopologySource : byte
{
    /// <summary>A file of the site.</summary>
    File,

    /// <summary>The scale-up domain that the devices themselves report.</summary>
    Devices,

    /// <summary>The network, as it was found by walking it.</summary>
    Fabric,

    /// <summary>The scheduler's tree of switches.</summary>
    SchedulerTree,

    /// <summary>The scheduler's blocks.</summary>
    SchedulerBlocks,
}

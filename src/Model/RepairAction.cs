namespace Forewarn.Model;

/// <summary>What to do with the device itself, from nothing to a new one.</summary>
public enum RepairAction : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Reset the device; no process may hold it.</summary>
    ResetDevice,

    /// <summary>Reboot the node.</summary>
    RebootNode,

    /// <summary>Look at links, switches, cables and the fabric's own services.</summary>
    InspectFabric,

    /// <summary>Look at the hardware: seating, power, cooling, the maker's diagnosis.</summary>
    InspectHardware,

    /// <summary>Exchange the device.</summary>
    ReplaceHardware,
}

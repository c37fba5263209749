namespace Forewarn.Model;

/// <summary>One workload's share of a device.</summary>
/// <param name="Workload">Whose processes.</param>
/// <param name="Processes">How many of its processes hold the device; at least 1.</param>
/// <param name="MemoryBytes">Device memory that they hold together; −1 when the driver does not tell it.</param>
public sealed record DeviceWorkload(Workload Workload, int Processes, long MemoryBytes);

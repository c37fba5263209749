namespace Forewarn.Model;

/// <summary>A process that holds a device, as the driver tells it.</summary>
/// <param name="Pid">Its number in the namespace of the driver's library, which is the node's where the agent runs on the node itself.</param>
/// <param name="MemoryBytes">Device memory that it holds; −1 when the driver does not tell it.</param>
/// <param name="Kind">What it uses the device for.</param>
public readonly record struct DeviceProcess(int Pid, long MemoryBytes, DeviceProcessKind Kind);

/// <summary>What a process uses a device for; one that does both is told twice.</summary>
public enum DeviceProcessKind : byte
{
    /// <summary>It computes.</summary>
    Compute,

    /// <summary>It draws.</summary>
    Graphics,

    /// <summary>It computes through a server that shares the device among several (NVIDIA: MPS).</summary>
    Shared,
}

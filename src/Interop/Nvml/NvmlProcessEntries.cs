using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// Drivers disagree about the entries of a process list. The library writes its own into the caller's buffer, and here they become
/// <see cref="NvmlProcessInfo"/> in place.
/// </summary>
internal static class NvmlProcessEntries
{
    private const uint NoInstance = uint.MaxValue;

    // nvml.h: 535.43.02 put a fifth field behind the _v3 symbols and 535.98 took it out again; 535.86 is the last header with it.
    // For what lies between, too wide a step shows as nonsense and too narrow a one would be an overrun.
    private static readonly NvmlDriverVersion WideFrom = new(535, 43, 2);
    private static readonly NvmlDriverVersion WideBefore = new(535, 98);

    public static bool AreWide(NvmlDriverVersion driver) => driver >= WideFrom && driver < WideBefore;

    /// <summary>How many 32-byte entries fit where so many of 24 bytes do.</summary>
    public static uint WideThatFit(int entries) =>
        (uint)((long)entries * Unsafe.SizeOf<NvmlProcessInfo>() / Unsafe.SizeOf<NvmlProcessDetail>());

    /// <summary>How many 24-byte entries give the room for so many of 32 bytes.</summary>
    public static uint RoomForWide(uint entries)
    {
        ulong bytes = (ulong)entries * (uint)Unsafe.SizeOf<NvmlProcessDetail>();
        return (uint)((bytes + (uint)Unsafe.SizeOf<NvmlProcessInfo>() - 1) / (uint)Unsafe.SizeOf<NvmlProcessInfo>());
    }

    /// <summary>Entries of 32 bytes lose their last field; forwards, for an entry never lies before where it goes.</summary>
    public static void Narrow(Span<NvmlProcessInfo> processes, uint count)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(processes);
        for (int i = 0; i < count; i++)
        {
            var entry = MemoryMarshal.Read<NvmlProcessDetail>(bytes[(i * Unsafe.SizeOf<NvmlProcessDetail>())..]);
            processes[i] = new()
            {
                Pid = entry.Pid,
                UsedGpuMemory = entry.UsedGpuMemory,
                GpuInstanceId = entry.GpuInstanceId,
                ComputeInstanceId = entry.ComputeInstanceId,
            };
        }
    }

    /// <summary>
    /// Entries of 16 bytes get the instances that they lack: none; backwards, for an entry never lies behind where it goes.
    /// </summary>
    public static void Widen(Span<NvmlProcessInfo> processes, uint count)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(processes);
        for (int i = (int)count - 1; i >= 0; i--)
        {
            var entry = MemoryMarshal.Read<NvmlProcessInfoV1>(bytes[(i * Unsafe.SizeOf<NvmlProcessInfoV1>())..]);
            processes[i] = new()
            {
                Pid = entry.Pid,
                UsedGpuMemory = entry.UsedGpuMemory,
                GpuInstanceId = NoInstance,
                ComputeInstanceId = NoInstance,
            };
        }
    }
}

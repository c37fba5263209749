using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>NVML_VALUE_NOT_AVAILABLE of nvml.h, where the driver does not know the memory of a process.</summary>
    private const ulong NotAvailable = ulong.MaxValue;

    /// <summary>Twice what a frame lists: some drivers write entries of 32 bytes where the others write 24.</summary>
    private readonly NvmlProcessInfo[] _processes = new NvmlProcessInfo[ProcessFrame.Most * 2];

    public void ReadProcesses(int ordinal, ProcessFrame into)
    {
        var device = _targets[ordinal].Handle;
        var code = Library.DeviceGetComputeRunningProcesses(device, _driver, _processes, out var count);
        if (!TryTake(code, count, DeviceProcessKind.Compute, into)) return;
        code = Library.DeviceGetMPSComputeRunningProcesses(device, _driver, _processes, out count);
        if (!IsSpared(code) && !TryTake(code, count, DeviceProcessKind.Shared, into)) return;
        code = Library.DeviceGetGraphicsRunningProcesses(device, _driver, _processes, out count);
        if (!IsSpared(code)) TryTake(code, count, DeviceProcessKind.Graphics, into);
    }

    /// <summary>A driver or card that has no such list for good lacks nothing: its processes are in the first.</summary>
    private static bool IsSpared(NvmlReturn code) => NvmlNoData.IsForGood(code);

    /// <summary>One list that fails makes the whole absent: half of the processes would look like jobs that have ended.</summary>
    private bool TryTake(NvmlReturn code, uint count, DeviceProcessKind kind, ProcessFrame into)
    {
        if (IsListed(code)) List(code, count, kind, into);
        else into.None(NvmlNoData.From(code));
        return IsListed(code);
    }

    /// <summary>More processes than there is room for are an answer too: their number.</summary>
    private static bool IsListed(NvmlReturn code) => code is NvmlReturn.Success or NvmlReturn.InsufficientSize;

    private void List(NvmlReturn code, uint count, DeviceProcessKind kind, ProcessFrame into)
    {
        if (code == NvmlReturn.InsufficientSize)
        {
            into.Omitted((int)Math.Min(count, ushort.MaxValue));
            return;
        }

        foreach (ref readonly var process in _processes.AsSpan(0, (int)count))
        {
            var memory = process.UsedGpuMemory is NotAvailable or > long.MaxValue ? -1 : (long)process.UsedGpuMemory;
            if (process.Pid is > 0 and <= int.MaxValue) into.Add(new DeviceProcess((int)process.Pid, memory, kind));
            else into.Omitted(1); // of another namespace: the kernel shows 0 for it
        }
    }
}

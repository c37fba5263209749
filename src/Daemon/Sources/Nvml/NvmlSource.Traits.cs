using System.Globalization;
using System.Text;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>Words for a bitmask of CPUs: 1,024 of them, which is what the kernel's own interfaces take at least.</summary>
    private const int CpuWords = 16;

    private delegate NvmlReturn NumberOf(NvmlDevice device, out uint value);

    /// <summary>What else a card says of itself and keeps saying; what it does not tell is left out.</summary>
    private DeviceTraits Traits(NvmlDevice device)
    {
        var traits = new List<DeviceTrait>();
        if (Library.DeviceGetArchitecture(device, out var architecture) == NvmlReturn.Success) Add("architecture", architecture.ToString().ToLowerInvariant());
        if (Library.DeviceGetCudaComputeCapability(device, out var major, out var minor) == NvmlReturn.Success) Add("compute_capability", $"{major}.{minor}");
        Add("gsp_firmware", Text(Library.DeviceGetGspFirmwareVersion, device));
        if (Library.SystemGetDriverBranch(out var branch) == NvmlReturn.Success) Add("driver_branch", Encoding.ASCII.GetString(branch.Branch.Text));
        if (Library.DeviceGetMultiGpuBoard(device, out var multi) == NvmlReturn.Success) Add("multi_device_board", multi == 0 ? "false" : "true");
        if (Library.DeviceGetVirtualizationMode(device, out var mode) == NvmlReturn.Success) Add("virtualization", mode.ToString().ToLowerInvariant());
        AddNumber("memory_bus_bits", Library.DeviceGetMemoryBusWidth);
        AddNumber("cores", Library.DeviceGetNumGpuCores);
        AddNumber("own_numa_node", Library.DeviceGetNumaNodeId);
        Add("cpus", CpusNear(device));
        AddFabric(device, Add);
        AddPlatform(device, Add);
        if (Library.SystemGetConfComputeState(out var confidential) == NvmlReturn.Success) Add("confidential_computing", Flag(confidential.CcFeature) == 0 ? "off" : "on");
        return new DeviceTraits([.. traits]);

        void Add(string key, string value)
        {
            if (value.Length > 0) traits.Add(new DeviceTrait(key, value));
        }

        void AddNumber(string key, NumberOf get)
        {
            if (get(device, out var value) == NvmlReturn.Success) Add(key, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void AddFabric(NvmlDevice device, Action<string, string> add)
    {
        if (Library.DeviceGetGpuFabricInfoV(device, out NvmlGpuFabricInfoV2 fabric) != NvmlReturn.Success || fabric.State != NvmlGpuFabricState.Completed) return;
        ReadOnlySpan<byte> cluster = fabric.ClusterUuid;
        add("fabric_cluster", cluster.ContainsAnyExcept((byte)0) ? new Guid(cluster, bigEndian: true).ToString() : "");
        add("fabric_clique", fabric.CliqueId.ToString(CultureInfo.InvariantCulture));
    }

    private void AddPlatform(NvmlDevice device, Action<string, string> add)
    {
        if (Library.DeviceGetPlatformInfo(device, out NvmlPlatformInfoV2 platform) != NvmlReturn.Success) return;
        add("chassis_serial", Encoding.ASCII.GetString(platform.ChassisSerialNumber.Text));
        add("chassis_slot", platform.SlotNumber.ToString(CultureInfo.InvariantCulture));
        add("tray", platform.TrayIndex.ToString(CultureInfo.InvariantCulture));
        add("host", platform.HostId.ToString(CultureInfo.InvariantCulture));
        add("module", platform.ModuleId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>In the kernel's form, <c>0-23,96-119</c>.</summary>
    private string CpusNear(NvmlDevice device)
    {
        Span<ulong> words = stackalloc ulong[CpuWords];
        words.Clear();
        if (Library.DeviceGetCpuAffinity(device, words) != NvmlReturn.Success) return "";
        var text = new StringBuilder();
        var first = -1;
        for (var cpu = 0; cpu <= CpuWords * 64; cpu++)
        {
            var isNear = cpu < CpuWords * 64 && (words[cpu / 64] >> (cpu % 64) & 1) != 0;
            if (isNear && first < 0) first = cpu;
            if (isNear || first < 0) continue;
            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
            if (cpu - 1 > first) text.Append(CultureInfo.InvariantCulture, $"-{cpu - 1}");
            first = -1;
        }

        return text.ToString();
    }
}

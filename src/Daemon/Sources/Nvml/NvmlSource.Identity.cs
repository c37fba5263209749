using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    public bool HasIdentityChanged(int ordinal)
    {
        ReadIdentity(_targets[ordinal].Handle, out var now);
        return !NvmlIdentity.AreSame(in now, in _targets[ordinal].Identity);
    }

    /// <summary>Allocates nothing, for it is read again as long as the probe runs.</summary>
    private void ReadIdentity(NvmlDevice device, out NvmlIdentity identity)
    {
        identity = default;
        Keep(Library.DeviceGetName(device, identity.Name, out var length), identity.Name, length);
        Keep(Library.DeviceGetUUID(device, identity.Uuid, out length), identity.Uuid, length);
        Keep(Library.DeviceGetSerial(device, identity.Serial, out length), identity.Serial, length);
        Keep(Library.DeviceGetBoardPartNumber(device, identity.PartNumber, out length), identity.PartNumber, length);
        Keep(Library.DeviceGetVbiosVersion(device, identity.Vbios, out length), identity.Vbios, length);
        Keep(Library.DeviceGetInforomImageVersion(device, identity.InforomImage, out length), identity.InforomImage, length);
        Keep(Library.DeviceGetGspFirmwareVersion(device, identity.GspFirmware, out length), identity.GspFirmware, length);
        if (Library.SystemGetDriverBranch(out var branch) == NvmlReturn.Success) branch.Branch.Text.CopyTo(identity.DriverBranch);
        identity.Index = Told(Library.DeviceGetIndex(device, out var number), number);
        identity.Module = Told(Library.DeviceGetModuleId(device, out number), number);
        identity.Minor = Told(Library.DeviceGetMinorNumber(device, out number), number);
        identity.Architecture = Told(Library.DeviceGetArchitecture(device, out var architecture), (uint)architecture);
        var code = Library.DeviceGetCudaComputeCapability(device, out var major, out var minor);
        (identity.CapabilityMajor, identity.CapabilityMinor) = (Told(code, (uint)major), Told(code, (uint)minor));
        identity.IsMultiDevice = Told(Library.DeviceGetMultiGpuBoard(device, out number), number);
        identity.Virtualization = Told(Library.DeviceGetVirtualizationMode(device, out var mode), (uint)mode);
        identity.MemoryBusBits = Told(Library.DeviceGetMemoryBusWidth(device, out number), number);
        identity.Cores = Told(Library.DeviceGetNumGpuCores(device, out number), number);
        identity.OwnNumaNode = Told(Library.DeviceGetNumaNodeId(device, out number), number);
        Span<ulong> cpus = identity.Cpus;
        if (Library.DeviceGetCpuAffinity(device, cpus) != NvmlReturn.Success) cpus.Clear();
        ReadFabric(device, ref identity);
        ReadPlatform(device, ref identity);
        code = Library.SystemGetConfComputeState(out var confidential);
        identity.IsConfidential = Told(code, (uint)confidential.CcFeature);
    }

    private void ReadFabric(NvmlDevice device, ref NvmlIdentity identity)
    {
        var code = Library.DeviceGetGpuFabricInfoV(device, out NvmlGpuFabricInfoV2 fabric);
        var isIn = code == NvmlReturn.Success && fabric.State == NvmlGpuFabricState.Completed;
        identity.FabricClique = isIn ? (int)fabric.CliqueId : NvmlIdentity.Untold;
        if (isIn) identity.FabricCluster = fabric.ClusterUuid;
    }

    private void ReadPlatform(NvmlDevice device, ref NvmlIdentity identity)
    {
        if (Library.DeviceGetPlatformInfo(device, out NvmlPlatformInfoV2 platform) != NvmlReturn.Success) return;
        identity.HasPlatform = 1;
        platform.ChassisSerialNumber.Text.CopyTo(identity.ChassisSerial);
        (identity.ChassisSlot, identity.Tray) = (platform.SlotNumber, platform.TrayIndex);
        (identity.Host, identity.PlatformModule) = (platform.HostId, platform.ModuleId);
    }

    /// <summary>What a library leaves behind the end of a text, or before it fails, is not what it said.</summary>
    private static void Keep(NvmlReturn code, Span<byte> text, int length) => text[(code == NvmlReturn.Success ? length : 0)..].Clear();

    private static int Told(NvmlReturn code, uint number)
        => code == NvmlReturn.Success && number <= int.MaxValue ? (int)number : NvmlIdentity.Untold;
}

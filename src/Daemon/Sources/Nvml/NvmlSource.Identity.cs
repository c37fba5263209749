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
        Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Oem, identity.InforomOem, out length), identity.InforomOem, length);
        Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Ecc, identity.InforomEcc, out length), identity.InforomEcc, length);
        Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Power, identity.InforomPower, out length), identity.InforomPower, length);
        identity.InforomChecksum = Library.DeviceGetInforomConfigurationChecksum(device, out var checksum) == NvmlReturn.Success ? checksum : NvmlIdentity.Untold;
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
        Span<ulong> nodes = identity.MemoryNodes;
        if (Library.DeviceGetMemoryAffinity(device, NvmlAffinityScope.Node, nodes) != NvmlReturn.Success) nodes.Clear();
        ReadFabric(device, ref identity);
        ReadPlatform(device, ref identity);
        ReadConfidential(ref identity);
    }

    private void ReadFabric(NvmlDevice device, ref NvmlIdentity identity)
    {
        var code = Library.DeviceGetGpuFabricInfoV(device, out NvmlGpuFabricInfoV2 fabric);
        var isIn = code == NvmlReturn.Success && fabric.State == NvmlGpuFabricState.Completed;
        identity.FabricClique = isIn ? (int)fabric.CliqueId : NvmlIdentity.Untold;
        if (isIn) identity.FabricCluster = fabric.ClusterUuid;
    }

    /// <summary>The state is of the whole node; how it came about is asked only where it is on.</summary>
    private void ReadConfidential(ref NvmlIdentity identity)
    {
        (identity.ConfidentialEnvironment, identity.ConfidentialMultiDevice) = (NvmlIdentity.Untold, NvmlIdentity.Untold);
        (identity.ConfidentialDevelopment, identity.ConfidentialHost) = (NvmlIdentity.Untold, NvmlIdentity.Untold);
        var code = Library.SystemGetConfComputeState(out var state);
        identity.IsConfidential = Told(code, (uint)state.CcFeature);
        if (identity.IsConfidential <= 0) return;
        (identity.ConfidentialEnvironment, identity.ConfidentialDevelopment) = ((int)state.Environment, (int)state.DevToolsMode);
        code = Library.SystemGetConfComputeSettings(out var settings);
        identity.ConfidentialMultiDevice = Told(code, (uint)settings.MultiGpuMode);
        code = Library.SystemGetConfComputeCapabilities(out var capabilities);
        identity.ConfidentialHost = Told(code, (uint)capabilities.CpuCaps);
    }

    /// <summary>In the form of driver 570 and later; 565 alone speaks an older one, of which nothing is told (docs/decisions/013).</summary>
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

using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    public bool HasIdentityChanged(int ordinal)
    {
        ref readonly var known = ref _targets[ordinal].Identity;
        _ = ReadIdentity(_targets[ordinal].Handle, new NvmlIdentityAnswers(in known, isKnown: true), out var now);
        return !NvmlIdentity.AreSame(in now, in known);
    }

    /// <summary>
    /// False when a question failed in passing, and who the card is was told in part. Allocates nothing, for it is read again as long as the probe
    /// runs.
    /// </summary>
    private bool ReadIdentity(NvmlDevice device, NvmlIdentityAnswers answers, out NvmlIdentity identity)
    {
        identity = default;
        ref readonly var known = ref answers.Known;
        answers.Keep(Library.DeviceGetName(device, identity.Name, out var length), identity.Name, length, known.Name);
        answers.Keep(Library.DeviceGetUUID(device, identity.Uuid, out length), identity.Uuid, length, known.Uuid);
        answers.Keep(Library.DeviceGetSerial(device, identity.Serial, out length), identity.Serial, length, known.Serial);
        answers.Keep(Library.DeviceGetBoardPartNumber(device, identity.PartNumber, out length), identity.PartNumber, length, known.PartNumber);
        answers.Keep(Library.DeviceGetVbiosVersion(device, identity.Vbios, out length), identity.Vbios, length, known.Vbios);
        answers.Keep(Library.DeviceGetGspFirmwareVersion(device, identity.GspFirmware, out length), identity.GspFirmware, length, known.GspFirmware);
        identity.Index = answers.Told(Library.DeviceGetIndex(device, out var number), number, known.Index);
        identity.Module = answers.Told(Library.DeviceGetModuleId(device, out number), number, known.Module);
        identity.Minor = answers.Told(Library.DeviceGetMinorNumber(device, out number), number, known.Minor);
        identity.Architecture = answers.Told(Library.DeviceGetArchitecture(device, out var architecture), (uint)architecture, known.Architecture);
        var code = Library.DeviceGetCudaComputeCapability(device, out var major, out var minor);
        (identity.CapabilityMajor, identity.CapabilityMinor) = (answers.Told(code, (uint)major, known.CapabilityMajor), answers.Told(code, (uint)minor, known.CapabilityMinor));
        identity.IsMultiDevice = answers.Told(Library.DeviceGetMultiGpuBoard(device, out number), number, known.IsMultiDevice);
        identity.Virtualization = answers.Told(Library.DeviceGetVirtualizationMode(device, out var mode), (uint)mode, known.Virtualization);
        identity.MemoryBusBits = answers.Told(Library.DeviceGetMemoryBusWidth(device, out number), number, known.MemoryBusBits);
        identity.Cores = answers.Told(Library.DeviceGetNumGpuCores(device, out number), number, known.Cores);
        identity.OwnNumaNode = answers.Told(Library.DeviceGetNumaNodeId(device, out number), number, known.OwnNumaNode);
        identity.Fans = answers.Told(NvmlFans.Count(Library, device, out number), number, known.Fans);
        code = CountCoherentLinks(device, out number);
        identity.CoherentLinks = answers.Told(code, number, known.CoherentLinks);
        answers.Keep(Library.DeviceGetCpuAffinity(device, identity.Cpus), identity.Cpus, known.Cpus);
        answers.Keep(Library.DeviceGetMemoryAffinity(device, NvmlAffinityScope.Node, identity.MemoryNodes), identity.MemoryNodes, known.MemoryNodes);
        ReadWritten(device, ref answers, ref identity);
        ReadFabric(device, ref answers, ref identity);
        ReadPlatform(device, ref answers, ref identity);
        ReadConfidential(ref answers, ref identity);
        return !answers.IsPartial;
    }

    /// <summary>What is written in the InfoROM, and the line of the driver's releases.</summary>
    private void ReadWritten(NvmlDevice device, scoped ref NvmlIdentityAnswers answers, scoped ref NvmlIdentity identity)
    {
        ref readonly var known = ref answers.Known;
        answers.Keep(Library.DeviceGetInforomImageVersion(device, identity.InforomImage, out var length), identity.InforomImage, length, known.InforomImage);
        answers.Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Oem, identity.InforomOem, out length), identity.InforomOem, length, known.InforomOem);
        answers.Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Ecc, identity.InforomEcc, out length), identity.InforomEcc, length, known.InforomEcc);
        answers.Keep(Library.DeviceGetInforomVersion(device, NvmlInforomObject.Power, identity.InforomPower, out length), identity.InforomPower, length, known.InforomPower);
        var code = Library.DeviceGetInforomConfigurationChecksum(device, out var checksum);
        identity.InforomChecksum = answers.Holds(code) ? checksum : answers.IsToBeKept(code) ? known.InforomChecksum : NvmlIdentity.Untold;
        code = Library.SystemGetDriverBranch(out var branch);
        if (answers.Holds(code)) branch.Branch.Text.CopyTo(identity.DriverBranch);
        else if (answers.IsToBeKept(code)) identity.DriverBranch = known.DriverBranch;
    }

    private void ReadFabric(NvmlDevice device, scoped ref NvmlIdentityAnswers answers, scoped ref NvmlIdentity identity)
    {
        var code = Library.DeviceGetGpuFabricInfoV(device, out NvmlGpuFabricInfoV2 fabric);
        var isIn = answers.Holds(code) && fabric.State == NvmlGpuFabricState.Completed;
        identity.FabricClique = isIn ? (int)fabric.CliqueId : NvmlIdentity.Untold;
        if (isIn) identity.FabricCluster = fabric.ClusterUuid;
        if (answers.IsToBeKept(code)) (identity.FabricClique, identity.FabricCluster) = (answers.Known.FabricClique, answers.Known.FabricCluster);
    }

    /// <summary>The state is of the whole node; how it came about is asked only where it is on.</summary>
    private void ReadConfidential(scoped ref NvmlIdentityAnswers answers, scoped ref NvmlIdentity identity)
    {
        ref readonly var known = ref answers.Known;
        (identity.ConfidentialEnvironment, identity.ConfidentialMultiDevice) = (NvmlIdentity.Untold, NvmlIdentity.Untold);
        (identity.ConfidentialDevelopment, identity.ConfidentialHost) = (NvmlIdentity.Untold, NvmlIdentity.Untold);
        var code = Library.SystemGetConfComputeState(out var state);
        identity.IsConfidential = answers.Told(code, (uint)state.CcFeature, known.IsConfidential);
        if (identity.IsConfidential <= 0) return;
        identity.ConfidentialEnvironment = answers.Told(code, (uint)state.Environment, known.ConfidentialEnvironment);
        identity.ConfidentialDevelopment = answers.Told(code, (uint)state.DevToolsMode, known.ConfidentialDevelopment);
        identity.ConfidentialMultiDevice = answers.Told(Library.SystemGetConfComputeSettings(out var settings), (uint)settings.MultiGpuMode, known.ConfidentialMultiDevice);
        identity.ConfidentialHost = answers.Told(Library.SystemGetConfComputeCapabilities(out var capabilities), (uint)capabilities.CpuCaps, known.ConfidentialHost);
    }

    /// <summary>In the form of driver 570 and later; 565 alone speaks an older one, of which nothing is told (docs/decisions/013).</summary>
    private void ReadPlatform(NvmlDevice device, scoped ref NvmlIdentityAnswers answers, scoped ref NvmlIdentity identity)
    {
        var code = Library.DeviceGetPlatformInfo(device, out NvmlPlatformInfoV2 platform);
        ref readonly var known = ref answers.Known;
        if (answers.Holds(code))
        {
            identity.HasPlatform = 1;
            platform.ChassisSerialNumber.Text.CopyTo(identity.ChassisSerial);
            (identity.ChassisSlot, identity.Tray) = (platform.SlotNumber, platform.TrayIndex);
            (identity.Host, identity.PlatformModule) = (platform.HostId, platform.ModuleId);
        }
        else if (answers.IsToBeKept(code))
        {
            (identity.HasPlatform, identity.ChassisSerial) = (known.HasPlatform, known.ChassisSerial);
            (identity.ChassisSlot, identity.Tray) = (known.ChassisSlot, known.Tray);
            (identity.Host, identity.PlatformModule) = (known.Host, known.PlatformModule);
        }
    }
}

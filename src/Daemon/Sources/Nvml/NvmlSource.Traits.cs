using System.Globalization;
using System.Text;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>What else a card says of itself and keeps saying; what it does not tell is left out.</summary>
    private static DeviceTraits Traits(in NvmlIdentity card, string linkPeers)
    {
        var traits = new List<DeviceTrait>();
        if (card.Architecture >= 0) Add("architecture", ((NvmlDeviceArchitecture)card.Architecture).ToString().ToLowerInvariant());
        if (card.CapabilityMajor >= 0) Add("compute_capability", $"{card.CapabilityMajor}.{card.CapabilityMinor}");
        Add("gsp_firmware", Text(card.GspFirmware));
        Add("inforom_oem", Text(card.InforomOem));
        Add("inforom_ecc", Text(card.InforomEcc));
        Add("inforom_power", Text(card.InforomPower));
        if (card.InforomChecksum >= 0) Add("inforom_checksum", card.InforomChecksum.ToString("x8", CultureInfo.InvariantCulture));
        Add("driver_branch", Text(card.DriverBranch));
        if (card.IsMultiDevice >= 0) Add("multi_device_board", card.IsMultiDevice == 0 ? "false" : "true");
        if (card.Virtualization >= 0) Add("virtualization", ((NvmlGpuVirtualizationMode)card.Virtualization).ToString().ToLowerInvariant());
        AddNumber("memory_bus_bits", card.MemoryBusBits);
        AddNumber("cores", card.Cores);
        AddNumber("own_numa_node", card.OwnNumaNode);
        Add("cpus", NumberList(card.Cpus));
        Add("memory_nodes", NumberList(card.MemoryNodes));
        ReadOnlySpan<byte> cluster = card.FabricCluster;
        if (cluster.ContainsAnyExcept((byte)0)) Add("fabric_cluster", new Guid(cluster, bigEndian: true).ToString());
        AddNumber("fabric_clique", card.FabricClique);
        if (card.HasPlatform != 0)
        {
            Add("chassis_serial", Text(card.ChassisSerial));
            AddNumber("chassis_slot", card.ChassisSlot);
            AddNumber("tray", card.Tray);
            AddNumber("host", card.Host);
            AddNumber("module", card.PlatformModule);
        }

        Add("link_peers", linkPeers);
        if (card.IsConfidential >= 0) Add("confidential_computing", card.IsConfidential == 0 ? "off" : "on");
        if (card.ConfidentialEnvironment >= 0) Add("confidential_environment", ((NvmlConfComputeEnvironment)card.ConfidentialEnvironment).ToString().ToLowerInvariant());
        if (card.ConfidentialDevelopment >= 0) Add("confidential_development", card.ConfidentialDevelopment == 0 ? "off" : "on");
        if (card.ConfidentialMultiDevice >= 0) Add("confidential_multi_device", ((NvmlConfComputeMultiGpuMode)card.ConfidentialMultiDevice).ToString().ToLowerInvariant());
        if (card.ConfidentialHost >= 0) Add("confidential_host", ((NvmlConfComputeCpuCaps)card.ConfidentialHost).ToString().ToLowerInvariant());
        return new DeviceTraits([.. traits]);

        void Add(string key, string value)
        {
            if (value.Length > 0) traits.Add(new DeviceTrait(key, value));
        }

        void AddNumber(string key, int value)
        {
            if (value >= 0) Add(key, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>In the kernel's form, <c>0-23,96-119</c>.</summary>
    private static string NumberList(ReadOnlySpan<ulong> words)
    {
        var text = new StringBuilder();
        var first = -1;
        for (var cpu = 0; cpu <= words.Length * 64; cpu++)
        {
            var isNear = cpu < words.Length * 64 && (words[cpu / 64] >> (cpu % 64) & 1) != 0;
            if (isNear && first < 0) first = cpu;
            if (isNear || first < 0) continue;
            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
            if (cpu - 1 > first) text.Append(CultureInfo.InvariantCulture, $"-{cpu - 1}");
            first = -1;
        }

        return text.ToString();
    }

    private static string Text(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}

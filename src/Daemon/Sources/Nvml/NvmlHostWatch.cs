using Forewarn.Daemon.Sources.Host;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>What NVIDIA's devices need of the node: the fabric manager, IMEX, peermem.</summary>
internal static class NvmlHostWatch
{
    public static HostWatch Watch { get; } = new(
        ["nvidia", "nv-", "nvc:", "dcgm"],
        [
            new(HostPartKind.Fabric, "nvidia-fabricmanager", ["nv-fabricmanage"], [], HasSwitch),
            new(HostPartKind.MemoryExport, "nvidia-imex", ["nvidia-imex"], [], IsExporting),
            new(HostPartKind.PeerMemory, "nvidia_peermem", [], ["nvidia_peermem", "nv_peer_mem"], HasAdapters),
        ]);

    private static bool HasSwitch(string root) => PciDevices.List(root).Any(NvmlFabricCheck.IsSwitch);

    /// <summary>The package brings a list of nodes without any; one that names nodes was written on purpose.</summary>
    private static bool IsExporting(string root)
    {
        try
        {
            return File.ReadLines(Path.Join(root, "etc/nvidia-imex/nodes_config.cfg")).Take(10_000).Any(line => line.Trim() is { Length: > 0 } text && text[0] != '#');
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A card of ours whose driver is loaded, and an adapter that could read its memory.</summary>
    private static bool HasAdapters(string root)
    {
        try
        {
            return NvmlKernelModule.Read(root) is not null && Directory.EnumerateFileSystemEntries(Path.Join(root, "sys/class/infiniband")).Any();
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

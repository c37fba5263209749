using Forewarn.Daemon.Sources.Nvml;

namespace Forewarn.Daemon.Sources;

/// <summary>Every source, alphabetical. Adding one is adding a line.</summary>
internal static class SourceRegistry
{
    public static IReadOnlyList<SourceEntry> All { get; } =
    [
        NvmlSource.Entry,
    ];

    public static SourceEntry? Find(string name) => All.FirstOrDefault(entry => entry.Declaration.Name == name);
}

using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Cards that the driver was told to leave alone: on the bus, with no program on them and nobody to watch them.</summary>
internal static class NvmlExclusionCheck
{
    public static readonly SourceCheck Check = new("excluded cards", source => Judge(source.Facts));

    public static IEnumerable<Finding> Judge(SourceFacts facts)
    {
        var cards = facts.All(FactKeys.Excluded).Order(StringComparer.Ordinal).ToList();
        if (cards.Count == 0) yield break;
        yield return Finding.Note(
            $"the driver leaves {string.Join(", ", cards)} alone (NVreg_ExcludedGpus): nothing is read of what nobody can use",
            "once it is mended or exchanged: take it out of NVreg_ExcludedGpus in /etc/modprobe.d, drain the node, and load the driver anew");
    }
}

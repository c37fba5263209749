using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Cards of one model should have the same firmware; one that differs was exchanged, or left out of an update.</summary>
internal static class NvmlFirmwareCheck
{
    public static readonly SourceCheck Check = new("firmware", source => Judge(source.Facts));

    private static readonly (string Key, string Name)[] Versions =
        [(NvmlFacts.Vbios, "VBIOS"), (NvmlFacts.InfoRom, "InfoROM"), (NvmlFacts.Gsp, "GSP firmware")];

    public static IEnumerable<Finding> Judge(SourceFacts facts)
    {
        foreach (var model in facts.Devices.GroupBy(card => facts.Of(card, FactKeys.Model)).Where(model => model.Key is not null))
        {
            var same = new List<string>();
            foreach (var (key, name) in Versions)
            {
                var versions = model.Where(card => facts.Of(card, key) is not null).GroupBy(card => facts.Of(card, key))
                    .OrderByDescending(version => version.Count()).ThenBy(version => version.Key, StringComparer.Ordinal).ToList();
                if (versions.Count == 1) same.Add($"{name} {versions[0].Key}");
                if (versions.Count <= 1) continue;
                var odd = string.Join("; ", versions.Skip(1).Select(version => $"{version.Key} on {string.Join(", ", version)}"));
                yield return Finding.Warning(
                    $"{name} differs: {versions[0].Key} on {versions[0].Count()} cards, {odd}", "bring the odd ones to the same version");
            }

            var odds = model.Where(card => facts.Of(card, NvmlFacts.InfoRomChecksum) is not null).GroupBy(card => facts.Of(card, NvmlFacts.InfoRomChecksum))
                .OrderByDescending(checksum => checksum.Count()).ThenBy(checksum => checksum.Key, StringComparer.Ordinal).Skip(1).SelectMany(cards => cards).ToList();
            if (odds.Count > 0)
            {
                yield return Finding.Warning(
                    $"what is configured in the InfoROM (ECC, power) differs on {string.Join(", ", odds)} from the other {model.Key}",
                    $"nvidia-smi -q -d ECC,POWER -i {string.Join(',', odds)} shows it beside the others");
            }

            if (same.Count > 0) yield return Finding.Ok($"{model.Count()} × {model.Key}: {string.Join(", ", same)}");
        }
    }
}

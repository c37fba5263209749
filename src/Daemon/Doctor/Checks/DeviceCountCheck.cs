using System.Globalization;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>As many devices by the driver's count as on the PCI bus, as expected, and with a handle each.</summary>
internal static class DeviceCountCheck
{
    public static readonly SourceCheck Check = new("devices", source =>
        Judge(source.OnBus.Count, source.Facts, Expected(source), source.Name, ContainerMark.IsContainer()));

    // The agent has taken off what the driver was told to leave alone; the configuration has not.
    private static long? Expected(SourceEvidence source)
        => source.Options.Expected is { } wanted ? wanted - source.Facts.All(FactKeys.Excluded).Count() : source.Agent?.Expected;

    public static IEnumerable<Finding> Judge(int onBus, SourceFacts facts, long? expected, string name, bool isContainer)
    {
        // On the bus, and as if they were not: the check of excluded cards names them.
        var excluded = facts.All(FactKeys.Excluded).ToHashSet(StringComparer.Ordinal);
        onBus = Math.Max(onBus - excluded.Count, 0);
        var shown = excluded.Count == 0 ? $"{onBus}" : $"{onBus} beside {excluded.Count} excluded";
        var counted = int.TryParse(facts.Of(FactKeys.Count), CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var good = true;
        if (expected > onBus)
        {
            good = false;
            yield return Finding.Problem(
                $"{shown} on the PCI bus, {expected} expected",
                $"lspci; dmesg | grep -i pci; if fewer are right: [Source.{name}] Expected={onBus + excluded.Count}");
        }

        // The bus shows all the cards of the machine, the driver those that were given to the container.
        var isShare = isContainer && counted > 0 && counted < onBus;
        if (isShare && counted != expected)
        {
            good = false;
            yield return Finding.Note(
                $"{shown} on the PCI bus, the driver lets this container have {counted}",
                $"nothing if that is its share: [Source.{name}] Expected={counted + excluded.Count} says so; doctor on the machine itself sees all");
        }
        else if (counted is { } driver && driver != onBus && onBus > 0 && !isShare)
        {
            good = false;
            yield return Finding.Problem($"{shown} on the PCI bus, the driver knows {driver}", "dmesg says why the driver left one out");
        }

        var refused = facts.Devices.Where(device => facts.Of(device, FactKeys.Handle) is not (null or "ok") && !excluded.Contains(device)).ToArray();
        foreach (var device in isShare && refused.Length == onBus - counted ? [] : refused)
        {
            good = false;
            yield return Finding.Problem($"{device} gives no handle: {facts.Of(device, FactKeys.Handle)}",
                "dmesg | grep -i xid; a reset or a reboot may bring it back: drain the node first");
        }

        if (good && onBus + excluded.Count == 0) yield return Finding.Note("none on the PCI bus", $"nothing to watch; [Source.{name}] Enabled=no silences this source");
        else if (good && isShare) yield return Finding.Ok($"{counted} of {shown} on the PCI bus are this container's");
        else if (good && counted is not null) yield return Finding.Ok($"{shown} on the PCI bus, and the driver knows them all");
        else if (good) yield return Finding.Note($"{shown} on the PCI bus; the driver's count is not known", "see library and driver");
    }
}

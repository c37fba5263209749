using System.Globalization;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>As many devices by the driver's count as on the PCI bus, as expected, and with a handle each.</summary>
internal static class DeviceCountCheck
{
    public static readonly SourceCheck Check = new("devices", source =>
        Judge(source.OnBus.Count, source.Facts, source.Options.Expected ?? source.Agent?.Expected, source.Name));

    public static IEnumerable<Finding> Judge(int onBus, SourceFacts facts, long? expected, string name)
    {
        var counted = int.TryParse(facts.Of(FactKeys.Count), CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var good = true;
        if (expected > onBus)
        {
            good = false;
            yield return Finding.Problem(
                $"{onBus} on the PCI bus, {expected} expected",
                $"lspci; dmesg | grep -i pci; if fewer are right: [Source.{name}] Expected={onBus}");
        }

        if (counted is { } driver && driver != onBus && onBus > 0)
        {
            good = false;
            yield return Finding.Problem($"{onBus} on the PCI bus, the driver knows {driver}", "dmesg says why the driver left one out");
        }

        foreach (var device in facts.Devices)
        {
            if (facts.Of(device, FactKeys.Handle) is not { } answer || answer == "ok") continue;
            good = false;
            yield return Finding.Problem($"{device} gives no handle: {answer}", "dmesg | grep -i xid; a reset or a reboot may bring it back: drain the node first");
        }

        if (good && onBus == 0) yield return Finding.Note("none on the PCI bus", $"nothing to watch; [Source.{name}] Enabled=no silences this source");
        else if (good && counted is not null) yield return Finding.Ok($"{onBus} on the PCI bus, and the driver knows them all");
        else if (good) yield return Finding.Note($"{onBus} on the PCI bus; the driver's count is not known", "see library and driver");
    }
}

using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the kernel driver is loaded, and what the library's initialisation answered.</summary>
internal static class DriverCheck
{
    public static readonly SourceCheck Check = new("driver", source => source.OnBus.Count == 0 && !source.IsDriverListed
        ? [] : Judge(source.IsDriverListed, source.OnBus.Count, source.Facts.Of(FactKeys.Init), source.Entry.DriverNames[0]));

    public static IEnumerable<Finding> Judge(bool isListed, int onBus, string? init, string driver)
    {
        if (!isListed)
        {
            yield return Finding.Problem(
                $"{onBus} devices on the PCI bus and no driver: /proc/devices has no \"{driver}\"", $"modprobe {driver}; dmesg says why it fails");
        }
        else if (init is null or "ok")
        {
            yield return Finding.Ok(init is null ? "loaded" : "loaded, and the library talks to it");
        }

        if (init is not null and not "ok")
            yield return Finding.Problem($"the library cannot start: {init}", "dmesg | tail; after a driver's upgrade: reload the driver or reboot");
    }
}

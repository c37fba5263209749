using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the kernel tells its boot id: counters are compared within one boot only.</summary>
internal static class BootIdCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "boot id", patient =>
        Judge(BootId.TryRead(patient.Root, out var id) ? id : null));

    public static IEnumerable<Finding> Judge(Guid? boot)
    {
        yield return boot is { } id ? Finding.Ok($"{id}")
            : Finding.Warning("cannot be read: a reboot looks like counters that fell", "is /proc/sys mounted? [Agent] Root=");
    }
}

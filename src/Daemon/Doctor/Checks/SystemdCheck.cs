using System.Globalization;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether systemd knows what the unit asks of it.</summary>
internal static class SystemdCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "systemd", _ => Judge(
        Directory.Exists("/run/systemd/system"), Version(), Directory.Exists("/sys/fs/cgroup/system.slice") && !File.Exists(Unified)));

    private const string Unified = "/sys/fs/cgroup/cgroup.controllers";

    // DeviceAllow= by group name, ProtectHostname=, ProtectClock= and StandardInput=file: are all there (systemd NEWS, 247).
    private const int Least = 247;

    private static readonly string[] Places = ["/usr/lib/systemd", "/lib/systemd", "/usr/lib64/systemd", "/usr/lib/x86_64-linux-gnu/systemd",
        "/usr/lib/aarch64-linux-gnu/systemd"];

    public static IEnumerable<Finding> Judge(bool isRunning, int? version, bool hasOldGroups)
    {
        if (!isRunning)
        {
            yield return Finding.Note("does not run here: nobody restarts the agent", "run it under something that does");
            yield break;
        }

        yield return version switch
        {
            null => Finding.Note("its version cannot be told", "systemctl --version"),
            < Least => Finding.Warning($"{version} does not know all that the unit asks", $"the sandbox is weaker; {Least} or later has it whole"),
            _ => Finding.Ok($"{version}"),
        };
        if (hasOldGroups)
            yield return Finding.Note("cgroup v1: the unit's limits are not looked at here", "systemd.unified_cgroup_hierarchy=1 on the kernel's command line");
    }

    /// <summary>From the name of its own library, libsystemd-shared-252.so: asking it would start a process.</summary>
    private static int? Version() => Places.Where(Directory.Exists)
        .SelectMany(place => Directory.EnumerateFiles(place, "libsystemd-shared-*.so"))
        .Select(file => Path.GetFileName(file)["libsystemd-shared-".Length..].Split('.', '-', '~')[0])
        .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
        .FirstOrDefault(number => number is not null);
}

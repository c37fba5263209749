namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether /proc hides other users' processes: then nobody can say whose job is on a card.</summary>
internal static class HiddenProcessesCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "/proc", _ =>
        Judge(MountPoint.All().LastOrDefault(mount => mount.Path == "/proc")));

    public static IEnumerable<Finding> Judge(MountPoint? proc)
    {
        var hides = proc?.Options.Split(',').FirstOrDefault(option => option.StartsWith("hidepid=", StringComparison.Ordinal));
        yield return hides is null or "hidepid=0" or "hidepid=off"
            ? Finding.Ok("shows every process")
            : Finding.Note($"{hides}: the agent does not see whose processes use a card", "mount it with gid= of a group, and add user forewarn to that");
    }
}

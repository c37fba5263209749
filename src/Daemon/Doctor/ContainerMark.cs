namespace Forewarn.Daemon.Doctor;

/// <summary>Whether this process sees a part of the machine alone.</summary>
internal static class ContainerMark
{
    // The numbers of the first namespaces, which the kernel fixes (include/linux/proc_ns.h: PROC_PID_INIT_INO, PROC_CGROUP_INIT_INO).
    private static readonly (string Link, string First)[] Namespaces =
        [("/proc/self/ns/pid", "pid:[4026531836]"), ("/proc/self/ns/cgroup", "cgroup:[4026531835]")];

    /// <summary>True where processes or cgroups are numbered anew, as every container runtime does with one of them at least.</summary>
    public static bool IsContainer() => Namespaces.Any(kind => new FileInfo(kind.Link).LinkTarget is { } own && own != kind.First);
}

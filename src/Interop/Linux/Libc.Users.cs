using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

public static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    // libc changes every thread of the process, the runtime's own among them (nptl(7)).
    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    public static partial int SetUser(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    public static partial int SetGroup(uint real, uint effective, uint saved);

    /// <summary>Takes the groups that the user database gives the user, and this one.</summary>
    [LibraryImport("libc", EntryPoint = "initgroups", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetGroupsOf(string user, uint group);

    // linux/prctl.h: PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL.
    private const int AmbientCapabilities = 47;
    private const nuint ClearAll = 4;

    /// <summary>What this thread executes from now on gets no capability by inheritance (capabilities(7), ambient set).</summary>
    public static int PassOnNoCapability() => ProcessControl(AmbientCapabilities, ClearAll, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary>struct passwd of a user by name, or zero; what it points to is overwritten by the next call.</summary>
    [LibraryImport("libc", EntryPoint = "getpwnam", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint UserByName(string name);

    [LibraryImport("libc", EntryPoint = "getpwuid", SetLastError = true)]
    internal static partial nint UserByNumber(uint user);
}

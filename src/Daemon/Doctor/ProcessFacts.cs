using System.Globalization;

namespace Forewarn.Daemon.Doctor;

/// <summary>What /proc says of a process to everybody.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Name">At most 15 characters: the kernel keeps no more.</param>
/// <param name="Uid">Effective user.</param>
/// <param name="Groups">Effective group, then the supplementary ones.</param>
/// <param name="Capabilities">The effective set, a bit each (linux/capability.h).</param>
internal sealed record ProcessFacts(int Pid, string Name, uint Uid, IReadOnlyList<uint> Groups, ulong Capabilities)
{
    // CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN: linux/capability.h.
    private const int SetGid = 6;
    private const int SetUid = 7;
    private const int SysAdmin = 21;

    public bool IsPrivileged => Has(SysAdmin);

    /// <summary>It may start a process as another user.</summary>
    public bool CanBecomeOthers => Has(SetUid) && Has(SetGid);

    private bool Has(int capability) => (Capabilities >> capability & 1) != 0;

    /// <summary>Null when it has gone, or is hidden.</summary>
    public static ProcessFacts? Of(int pid)
    {
        try
        {
            return Parse(pid, File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")));
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lines "Name:\tvalue" of proc_pid_status(5).</summary>
    public static ProcessFacts? Parse(int pid, IReadOnlyList<string> status)
    {
        var uids = Words("Uid:");
        var gids = Words("Gid:");
        if (uids.Length < 2 || gids.Length < 2) return null;
        _ = ulong.TryParse(Words("CapEff:").FirstOrDefault(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var capabilities);
        return new(pid, string.Join(' ', Words("Name:")), Number(uids[1]), [Number(gids[1]), .. Words("Groups:").Select(Number)], capabilities);

        string[] Words(string key) => (status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) ?? key)[key.Length..]
            .Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
    }

    private static uint Number(string text) => uint.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : uint.MaxValue;
}

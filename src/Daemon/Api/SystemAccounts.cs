using System.Globalization;

namespace Forewarn.Daemon.Api;

/// <summary>The few facts about users and groups that the socket's rule needs, from the files where local ones stand.</summary>
internal static class SystemAccounts
{
    /// <summary>Effective uid of this process: the second number of the line "Uid:" (proc_pid_status(5)).</summary>
    public static uint OwnUid()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return uint.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The id of a local group (group(5): name:password:gid:members); null when there is none. The package makes its group here;
    /// a group of that name in a directory service is not asked for.
    /// </summary>
    public static uint? GroupId(string name, string file = "/etc/group")
    {
        try
        {
            foreach (var line in File.ReadLines(file))
            {
                var fields = line.Split(':');
                if (fields.Length >= 3 && fields[0] == name
                    && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    return id;
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Nobody is a member of a group that cannot be looked up.
        }

        return null;
    }

    /// <summary>The id of a local user (passwd(5): name:password:uid:…); null when there is none.</summary>
    public static uint? UserId(string name, string file = "/etc/passwd") => GroupId(name, file);

    /// <summary>A local user's name; the number where it has none.</summary>
    public static string UserName(uint id) => NameOf(id, "/etc/passwd") ?? id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A local group's name; null when there is none.</summary>
    public static string? GroupName(uint id) => NameOf(id, "/etc/group");

    /// <summary>The local groups that list a user, and the one of the same name.</summary>
    public static IReadOnlyList<uint> GroupsOf(string user, string file = "/etc/group") =>
    [
        .. from line in LinesOf(file)
           let fields = line.Split(':')
           where fields.Length >= 4 && (fields[0] == user || fields[3].Split(',').Contains(user))
           select uint.Parse(fields[2], CultureInfo.InvariantCulture),
    ];

    private static string? NameOf(uint id, string file) => LinesOf(file)
        .Select(line => line.Split(':'))
        .FirstOrDefault(fields => fields.Length >= 3 && fields[2] == id.ToString(CultureInfo.InvariantCulture))?[0];

    private static string[] LinesOf(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

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
}

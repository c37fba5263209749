using System.Globalization;

namespace Forewarn.Daemon.Api;

/// <summary>A process as messages name it.</summary>
internal static class ProcessName
{
    /// <summary><c>pid 1234 (node_exporter)</c>; without a name when the process is gone or hidden.</summary>
    public static string Of(int pid)
    {
        var named = string.Create(CultureInfo.InvariantCulture, $"pid {pid}");
        try
        {
            return $"{named} ({File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n')})";
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return named;
        }
    }
}

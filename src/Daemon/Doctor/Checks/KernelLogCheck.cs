using System.Globalization;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>
/// The kernel log as the agent has it: what its standard input is (null when that cannot be seen), whether it opened the log itself, and who else
/// may read it.
/// </summary>
internal sealed record KernelLogFacts(bool IsRunning, string? Input, bool Exists, bool IsRestricted, bool IsOpened = false, bool IsWanted = true);

/// <summary>Whether the agent has the kernel log, where drivers write what their libraries do not tell.</summary>
internal static class KernelLogCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "kernel log", patient => patient.IsSimulated ? []
        : Judge(Look(patient.Agent.Process?.Pid, KernelLogOptions.From(patient.Configuration.Values).Enabled)));

    private const string Log = "/dev/kmsg";

    public static IEnumerable<Finding> Judge(KernelLogFacts log)
    {
        const string unit = "the packaged unit has StandardInput=file:/dev/kmsg: systemctl cat forewarn";
        if (!log.IsWanted) yield return Finding.Note("the configuration says that the kernel log is not read", "[KernelLog] Enabled=yes");
        else if (!log.Exists) yield return Finding.Warning($"{Log} is not there: no kernel messages", "in a container: --device /dev/kmsg");
        else if (log.Input == Log) yield return Finding.Ok($"{Log} is the agent's standard input");
        else if (log.IsOpened) yield return Finding.Ok($"the agent has opened {Log} itself");
        else if (log.Input is not null) yield return Finding.Warning($"the agent's standard input is {log.Input}, not {Log}", unit);
        else if (log.IsRunning) yield return Finding.Note("what the agent's standard input is cannot be seen by you", "sudo forewarn doctor");
        else if (log.IsRestricted) yield return Finding.Ok($"{Log} is there; kernel.dmesg_restrict=1 keeps it from users, not from the unit");
        else yield return Finding.Ok($"{Log} is there");
    }

    private static KernelLogFacts Look(int? agent, bool isWanted)
    {
        const string restrict = "/proc/sys/kernel/dmesg_restrict";
        string? input = null;
        var isOpened = false;
        try
        {
            if (agent is { } pid)
            {
                input = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd/0")).LinkTarget;
                isOpened = new DirectoryInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")).EnumerateFileSystemInfos()
                    .Any(descriptor => descriptor.LinkTarget == Log);
            }
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            // Another user's.
        }

        return new(agent is not null, input, File.Exists(Log), File.Exists(restrict) && File.ReadAllText(restrict).Trim() == "1", isOpened, isWanted);
    }
}

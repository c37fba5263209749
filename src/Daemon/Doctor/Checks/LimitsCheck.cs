using System.Globalization;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>
/// Limits of the agent's cgroup and what is used of them, memory in bytes without the page cache that the kernel gives back on demand; null
/// where there is no limit or it cannot be seen; Cpu as cpu.max has it, microseconds and the period or "max". Of the periods of the processor quota, the throttled ones ended with the agent held up.
/// </summary>
internal sealed record LimitFacts(
    long? MemoryMax, long MemoryUsed, long? TasksMax, long Tasks, string? Cpu, long Periods, long Throttled, long OutOfMemory);

/// <summary>Whether agent and probes fit into what their unit allows them.</summary>
internal static class LimitsCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "limits", patient =>
        Look(patient.Agent.Process?.Pid, "/proc", "/sys/fs/cgroup") is var (limits, blind) && limits is not null ? Judge(limits) : [blind!]);

    private const string AskSystemd = "systemctl show forewarn -p MemoryCurrent,MemoryMax,TasksCurrent,TasksMax,CPUQuotaPerSecUSec";

    // Above these shares the next vendor library or the next card may not fit.
    private const double MuchMemory = 0.75;
    private const double ManyTasks = 0.75;

    // A start takes its quota for a moment; what is held up this often is so in every sweep.
    private const double MuchThrottled = 0.05;

    public static IEnumerable<Finding> Judge(LimitFacts limits)
    {
        var good = true;
        if (limits.MemoryMax is { } memory && limits.MemoryUsed > memory * MuchMemory)
        {
            good = false;
            yield return Finding.Warning(
                $"{limits.MemoryUsed >> 20} of {memory >> 20} MiB memory are used",
                "systemctl edit forewarn: MemoryMax=; forewarn status --json names the process");
        }

        if (limits.TasksMax is { } tasks && limits.Tasks > tasks * ManyTasks)
        {
            good = false;
            yield return Finding.Warning($"{limits.Tasks} of {tasks} tasks are used", "systemctl edit forewarn: TasksMax=");
        }

        if (limits.Throttled > limits.Periods * MuchThrottled)
        {
            good = false;
            yield return Finding.Warning(
                $"the processor quota ({Quota(limits.Cpu)}) held the agent up in {limits.Throttled} of {limits.Periods} periods: sweeps come late",
                "systemctl edit forewarn: CPUQuota=");
        }

        if (limits.OutOfMemory > 0)
        {
            good = false;
            yield return Finding.Warning($"{limits.OutOfMemory} processes were killed for memory", "journalctl -k -u forewarn; MemoryMax=");
        }

        if (good)
        {
            var memoryMax = limits.MemoryMax is { } max ? $" of {max >> 20}" : "";
            var tasksMax = limits.TasksMax is { } most ? $" of {most}" : "";
            yield return Finding.Ok($"{limits.MemoryUsed >> 20}{memoryMax} MiB memory, {limits.Tasks}{tasksMax} tasks, {Quota(limits.Cpu)}");
        }
    }

    /// <summary>What the cgroup of a process allows and has used, or else why that cannot be seen. Only the unified hierarchy; "0::/path" in proc_pid_cgroup(5).</summary>
    public static (LimitFacts? Limits, Finding? Blind) Look(int? pid, string proc, string cgroups)
    {
        if (pid is null) return Blind("no agent answers", $"systemctl start forewarn; what the unit allows: {AskSystemd}");
        try
        {
            var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"{proc}/{pid}/cgroup"));
            if (lines.FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal)) is not { } line || lines.Length > 1)
                return Blind("the agent's control groups are of the old kind (v1)", AskSystemd);
            var group = cgroups + line[3..];
            if (!File.Exists(Path.Join(group, "memory.current"))) return Blind($"{group} counts no memory, as outside a unit", "systemctl status forewarn");
            return (new(
                Number(Text("memory.max")), (Number(Text("memory.current")) ?? 0) - Field("memory.stat", "inactive_file"),
                Number(Text("pids.max")), Number(Text("pids.current")) ?? 0, Text("cpu.max"),
                Field("cpu.stat", "nr_periods"), Field("cpu.stat", "nr_throttled"), Field("memory.events", "oom_kill")), null);

            string? Text(string file) => File.Exists(Path.Join(group, file)) ? File.ReadAllText(Path.Join(group, file)).Trim() : null;

            long Field(string file, string key) => Number(Text(file)?.Split('\n')
                .FirstOrDefault(row => row.StartsWith(key + " ", StringComparison.Ordinal))?[(key.Length + 1)..]) ?? 0;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return Blind(unseen.Message.TrimEnd('.'), "sudo forewarn doctor");
        }
    }

    private static (LimitFacts? Limits, Finding? Blind) Blind(string why, string todo) => (null, Finding.Note($"limits cannot be seen: {why}", todo));

    /// <summary>"50000 100000" is half a processor; no file where the controller is off, and then there is no quota either.</summary>
    private static string Quota(string? cpu) => cpu?.Split(' ') is [var allowed, var period] && Number(allowed) is { } microseconds && Number(period) is > 0 and var of
        ? string.Create(CultureInfo.InvariantCulture, $"{(double)microseconds / of:0.##} processors") : "no processor quota";

    /// <summary>Null for "max" and for what is not there.</summary>
    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

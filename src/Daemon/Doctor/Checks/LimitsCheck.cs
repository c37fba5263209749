using System.Globalization;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>
/// Limits of the agent's cgroup and what is used of them, memory in bytes without the page cache that the kernel gives back on demand; null
/// where there is no limit or it cannot be seen. Of the periods of the processor quota, the throttled ones ended with the agent held up.
/// </summary>
internal sealed record LimitFacts(
    long? MemoryMax, long MemoryUsed, long? TasksMax, long Tasks, string? Cpu, long Periods, long Throttled, long OutOfMemory);

/// <summary>Whether agent and probes fit into what their unit allows them.</summary>
internal static class LimitsCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "limits", patient =>
        patient.Agent.Process is { } agent && Look(agent.Pid) is { } limits ? Judge(limits) : []);

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
                $"the processor quota ({limits.Cpu}) held the agent up in {limits.Throttled} of {limits.Periods} periods: sweeps come late",
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
            yield return Finding.Ok($"{limits.MemoryUsed >> 20}{memoryMax} MiB memory, {limits.Tasks}{tasksMax} tasks");
        }
    }

    /// <summary>Only the unified hierarchy; "0::/path" in proc_pid_cgroup(5).</summary>
    private static LimitFacts? Look(int pid)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cgroup"))
                .FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
            var group = "/sys/fs/cgroup" + line?[3..];
            if (line is null || !File.Exists(Path.Join(group, "memory.current"))) return null;
            return new(
                Number(Text("memory.max")), (Number(Text("memory.current")) ?? 0) - Field("memory.stat", "inactive_file"),
                Number(Text("pids.max")), Number(Text("pids.current")) ?? 0, Text("cpu.max"),
                Field("cpu.stat", "nr_periods"), Field("cpu.stat", "nr_throttled"), Field("memory.events", "oom_kill"));

            string? Text(string file) => File.Exists(Path.Join(group, file)) ? File.ReadAllText(Path.Join(group, file)).Trim() : null;

            long Field(string file, string key) => Number(Text(file)?.Split('\n')
                .FirstOrDefault(row => row.StartsWith(key + " ", StringComparison.Ordinal))?[(key.Length + 1)..]) ?? 0;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null for "max" and for what is not there.</summary>
    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

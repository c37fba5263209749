using System.Text.RegularExpressions;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Records in which the kernel quotes what a process calls itself, and its file: a crash, a killing for memory, a stall. Anybody may choose those
/// words, a driver's among them, so such a record says nothing of a driver. Wording: Linux, arch/*/mm/fault.c, kernel/traps.c, mm/oom_kill.c,
/// kernel/hung_task.c, lib/dump_stack.c, fs/exec.c, security/yama.
/// </summary>
internal static partial class QuotedProcess
{
    /// <summary>True of a whole record, line ends included: a name may have one.</summary>
    public static bool Is(ReadOnlySpan<char> record) => Record().IsMatch(record);

    // A name has 15 bytes at most (TASK_COMM_LEN less its end), each maybe escaped, so that nothing longer can be made to look like one. Such a
    // bounded pattern needs no time-out.
    [GeneratedRegex(
        @"^((traps|umip|x86/split lock detection: #AC): )?(\\x[0-9a-f]{2}|.){0,15}(\[\d+\]:? | ?\(\d+\):? |/\d+[: ]| invoked oom-killer: |: page allocation failure)"
        + @"|^((Memory cgroup o|O)ut of memory: |oom-kill:|oom_reaper: |INFO: task |process '|ptrace |CPU: \d{1,5} (UID: \d{1,10} )?PID: )"
        + @"|^([\w ]{1,20}: ){0,2}BUG: soft lockup - ",
        LineRegex.Options | RegexOptions.Singleline, Timeout.Infinite)]
    private static partial Regex Record();
}

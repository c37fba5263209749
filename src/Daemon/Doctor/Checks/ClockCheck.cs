using System.Globalization;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>The clocks: whether something keeps the wall clock right, and the two that count from the boot.</summary>
internal sealed record ClockFacts(bool? IsSynchronised, DateTimeOffset Now, DateTimeOffset Built, TimeSpan Monotonic, TimeSpan? Uptime);

/// <summary>Whether times mean something: events are matched over nodes by them, ages taken from them.</summary>
internal static class ClockCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "clock", patient => Judge(new(
        KernelClock.IsSynchronised(), patient.Now, new(File.GetLastWriteTimeUtc(Environment.ProcessPath ?? "/")), patient.Monotonic, Uptime())));

    // Both count from the boot; what they differ by is time asleep, or another time name space.
    private static readonly TimeSpan Sleep = TimeSpan.FromMinutes(1);

    public static IEnumerable<Finding> Judge(ClockFacts clock)
    {
        if (clock.Now < clock.Built)
        {
            yield return Finding.Problem(
                $"it is {clock.Now:yyyy-MM-dd HH:mm} UTC here, before this program was installed", "set the clock: timedatectl set-ntp true");
        }

        yield return clock.IsSynchronised switch
        {
            true => Finding.Ok("synchronised"),
            false => Finding.Warning("the kernel says that nothing synchronises it", "timedatectl set-ntp true, or start chronyd"),
            null => Finding.Note("whether it is synchronised is not told here", "timedatectl"),
        };
        if (clock.Uptime is { } uptime && (uptime - clock.Monotonic).Duration() > Sleep)
        {
            yield return Finding.Note(
                $"the machine has slept {(uptime - clock.Monotonic).TotalMinutes:0} min of its uptime, or this is a container of its own time",
                "nothing: deadlines do not count time asleep");
        }
    }

    private static TimeSpan? Uptime() =>
        double.TryParse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) : null;
}

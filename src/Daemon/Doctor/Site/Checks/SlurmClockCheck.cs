using System.Globalization;

namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>slurmctld's clock beside ours: reservations begin and end by it, and munge believes nobody whose clock is too far off.</summary>
internal static class SlurmClockCheck
{
    // scontrol tells whole seconds; the steps of a move are of minutes.
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(10);

    // munged(8): a credential lives for 300 s.
    private static readonly TimeSpan Munge = TimeSpan.FromSeconds(300);

    public static readonly SiteCheck Check = new(Themes.Slurm, "its clock", static facts => facts.Slurm?.ClockAhead is { } ahead ? [Judge(ahead)] : []);

    private static Finding Judge(TimeSpan ahead)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ahead.TotalSeconds):0} s");
        if (ahead.Duration() <= Near) return Finding.Ok("slurmctld's clock and this machine's are the same to some seconds");
        var text = $"slurmctld's clock is {seconds} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine's";
        const string todo = "let both machines be set by the same servers: timedatectl, chronyc tracking";
        return ahead.Duration() >= Munge ? Finding.Problem($"{text}: munge refuses what is older than {Munge.TotalSeconds:0} s", todo) : Finding.Warning(text, todo);
    }
}

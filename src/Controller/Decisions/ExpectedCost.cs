using System.Collections.Immutable;
using System.Globalization;

namespace Forewarn.Controller.Decisions;

/// <summary>
/// Decides by expected cost: what a failure would take from this job, times its chance within this job's own time, against what each alternative
/// costs for certain. A fixed level of alarm would be wrong for nearly every job.
/// </summary>
public static class ExpectedCost
{
    // Own figure, as the public break-even tables use it: one announced failure in ten comes otherwise than announced, and the action helps nothing.
    private const double Effectiveness = 0.9;

    // Own figure: how long a job whose card died hangs until its collective library gives up (NCCL's default time-out is ten minutes).
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(10);

    // A node that stays in service has its next job within a day, as a rule.
    private static readonly TimeSpan NextJob = TimeSpan.FromDays(1);

    /// <summary>The decision for one job.</summary>
    public static Decision Decide(JobStakes stakes) => Decide(stakes, ImmutableDictionary<Alternative, string>.Empty);

    /// <summary>The same where some of it may not be done to the job, with the reasons. To leave it, or to drain its node, may always be chosen.</summary>
    public static Decision Decide(JobStakes stakes, ImmutableDictionary<Alternative, string> refused)
    {
        ImmutableArray<CostedAlternative> all =
        [
            .. Enum.GetValues<Alternative>()
                .Select(alternative => refused.GetValueOrDefault(alternative) is { } why ? new(alternative, double.PositiveInfinity, why) : Weigh(stakes, alternative)),
        ];
        var best = all.Where(one => one.IsPossible).MinBy(one => one.CardMinutes)!; // the first of equals: the least that the job notices
        return new(best.Alternative, all, stakes, Explain(best, all));
    }

    private static CostedAlternative Weigh(JobStakes stakes, Alternative alternative)
    {
        if (Impossible(stakes, alternative) is { } why) return new(alternative, double.PositiveInfinity, why);
        var minutes = stakes.HasFailed ? AfterFailure(stakes, alternative) : BeforeFailure(stakes, alternative);
        var aside = alternative switch
        {
            Alternative.Nothing => NextJobRisk(stakes) * stakes.NextJobLoss,
            Alternative.DrainAndLetEnd or Alternative.CheckpointOnly => stakes.IdleCards * stakes.Remaining.TotalMinutes,
            _ => 0,
        };
        return new(alternative, (minutes * stakes.Cards) + aside, Compose(minutes, stakes.Cards, aside, alternative));
    }

    private static string? Impossible(JobStakes stakes, Alternative alternative) => alternative switch
    {
        Alternative.CheckpointOnly when stakes.HasFailed => "the card has failed: there is nothing to save any more",
        Alternative.CheckpointOnly when stakes.IsWorkSuspect => "what the job would write now is not to be trusted",
        Alternative.CheckpointOnly when stakes.IsStarting => "the job is still loading, and may not hear it",
        Alternative.CheckpointOnly when !stakes.CanCheckpoint => "the job has not declared how to ask it for a checkpoint",
        Alternative.CheckpointOnly when !stakes.GoesOnAfterCheckpoint => "the job ends when it is asked for a checkpoint",
        Alternative.MoveAtNextCheckpoint or Alternative.MoveNow when stakes.CannotMove.Length > 0 => stakes.CannotMove,
        Alternative.MoveAtNextCheckpoint when stakes.HasFailed => "the card has failed: there will be no next checkpoint",
        Alternative.MoveAtNextCheckpoint when stakes.IsWorkSuspect => "what the job would write next is not to be trusted",
        Alternative.MoveAtNextCheckpoint when stakes.NextCheckpoint is null => "nobody knows when the job writes its next checkpoint",
        Alternative.MoveAtNextCheckpoint when stakes.NextCheckpoint >= stakes.Remaining => "the job ends before its next checkpoint",
        _ => null,
    };

    // The job hangs or is gone: whoever waits pays until somebody notices.
    private static double AfterFailure(JobStakes stakes, Alternative alternative)
        => stakes.SinceCheckpoint.TotalMinutes + (alternative == Alternative.MoveNow ? stakes.MoveCost : Hang + stakes.RestartCost).TotalMinutes;

    private static double BeforeFailure(JobStakes stakes, Alternative alternative)
    {
        var (since, checkpoint, move, restart) = (Minutes(stakes.SinceCheckpoint), Minutes(stakes.CheckpointCost), Minutes(stakes.MoveCost), Minutes(stakes.RestartCost));
        // Without a next checkpoint all that remains is one stretch.
        var stretch = stakes.NextCheckpoint is { } next && next < stakes.Remaining ? next : stakes.Remaining;
        var (soon, ever, meanwhile) = (stakes.Failure.Within(stretch), stakes.Failure.Within(stakes.Remaining), stakes.Failure.Within(stakes.CheckpointCost));
        // A failure strikes in the middle of its stretch, on the average.
        var lostSoon = since + (Minutes(stretch) / 2) + restart;
        var later = (ever - soon) * (((since + Minutes(stretch)) / 2) + restart);
        var nothing = (soon * lostSoon) + later;
        return alternative switch
        {
            Alternative.CheckpointOnly => checkpoint + Minutes(stakes.Pause) + nothing - (Effectiveness * (soon - Math.Min(soon, meanwhile)) * since),
            Alternative.MoveAtNextCheckpoint => (soon * lostSoon) + ((1 - soon) * move) + ((1 - Effectiveness) * later),
            Alternative.MoveNow => Math.Min(FromLast(), stakes.CanCheckpoint && !stakes.IsWorkSuspect ? AskedFor() : double.PositiveInfinity) + ((1 - Effectiveness) * nothing),
            _ => nothing,
        };

        double FromLast() => since + move;
        double AskedFor() => (meanwhile * (since + restart)) + ((1 - meanwhile) * (checkpoint + move));
    }

    private static double NextJobRisk(JobStakes stakes)
        => stakes.HasFailed ? 1 : stakes.Failure.Within(stakes.Remaining + NextJob) - stakes.Failure.Within(stakes.Remaining);

    private static double Minutes(TimeSpan time) => time.TotalMinutes;

    private static string Compose(double minutes, int cards, double aside, Alternative alternative)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{minutes:0.##} min × {cards} cards");
        if (aside <= 0) return own;
        var what = alternative == Alternative.Nothing ? "for the node's next job" : "of cards that a drain leaves idle";
        return string.Create(CultureInfo.InvariantCulture, $"{own} + {aside:0.#} card-min {what}");
    }

    private static string Explain(CostedAlternative best, ImmutableArray<CostedAlternative> all)
    {
        var second = all.Where(one => one.IsPossible && one != best).MinBy(one => one.CardMinutes);
        return second is null
            ? $"{Name(best.Alternative)}: nothing else can be done"
            : string.Create(CultureInfo.InvariantCulture, $"{Name(best.Alternative)}: {best.CardMinutes:0.#} card-minutes expected; next best is {Name(second.Alternative)} with {second.CardMinutes:0.#}");
    }

    private static string Name(Alternative alternative) => alternative switch
    {
        Alternative.Nothing => "leave it",
        Alternative.DrainAndLetEnd => "drain and let it end",
        Alternative.CheckpointOnly => "checkpoint only",
        Alternative.MoveAtNextCheckpoint => "move at the next checkpoint",
        _ => "move now",
    };
}

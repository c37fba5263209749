using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>What of a trouble's course was the controller's own, of lines whose times (in seconds) are made up.</summary>
public class OwnShareTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void A_move_from_its_first_evidence_until_the_job_runs()
    {
        // Before it was detected nobody knew: neither the pause before the first look nor its reading counts.
        var own = Own(
            Incident(10), Look(idle: 0, asked: 9.5, seen: 10, at: 10.2), // 0.2 of its own
            Move(11, RecoveryStep.Securing), Look(10.2, 10.2, 11, 14, commands: 2.5), // 0.5: 3 s, of which the scheduler's commands took 2.5
            Move(16, RecoveryStep.AwaitingCheckpoint, asked: 16), Look(14, 15, 16, 16.1), // 1 of pause and 0.1
                                                                                          // Looks that find nothing to do leave no line: the job is waited for until 40.
            Move(41, RecoveryStep.Stopping, asked: 16, written: 35), Look(40, 40, 41, 41.3, commands: 0.2), // at rest from 40 on: what lies between is the pause and the reading; 0.1
            Move(44, RecoveryStep.Placing, asked: 16, written: 35), Look(43.25, 43.5, 44, 44), // 0.25: the job may have been off its nodes all the while
            Move(48, RecoveryStep.Detaching, asked: 16, written: 35), Look(47, 47.25, 48, 49), // 0.25; what is done behind it is none of it any more
            Move(60, RecoveryStep.Closed, asked: 16, written: 35), Look(58, 59, 60, 61));
        Assert.Equal(2.4, own, 6);
    }

    [Theory]
    [InlineData(35, 3)] // at rest from 40 on
    [InlineData(38, 0)] // it has yet to rest
    [InlineData(5, 26.5)] // the clock of the file server is behind: from when the job was asked, but for the pause and the look that lie between
    public void A_checkpoint_counts_from_when_it_had_rested_until_it_was_seen(double written, double own)
        => Assert.Equal(own, Own(
            Incident(0),
            Move(16, RecoveryStep.AwaitingCheckpoint, asked: 16), Look(16, 16, 16, 16),
            Incident(20, about: 4), Look(20, 20, 20.25, 20.5, commands: 0.25),
            Move(43, RecoveryStep.Stopping, asked: 16, written: written)), 6);

    [Fact]
    public void A_checkpoint_that_came_too_late_was_not_waited_for_by_anybody()
        => Assert.Equal(0, Own(Incident(0), Move(16, RecoveryStep.AwaitingCheckpoint, asked: 16), Move(43, RecoveryStep.Stopping, asked: 16, written: 20, fellBack: true)));

    [Fact]
    public void A_move_that_was_given_up_is_over_when_all_is_taken_back()
    {
        JournalEntry[] lines = [Incident(0), Move(1, RecoveryStep.Starting), Move(2, RecoveryStep.Undoing), Look(1, 2, 2, 3)];
        Assert.Equal(2, Own(lines));
        Assert.Equal(2.5, Own([.. lines, Move(5, RecoveryStep.Closed), Look(4.5, 5, 5, 6), Look(6, 7, 7, 8)]));
    }

    [Fact]
    public void Of_several_jobs_the_last_one_that_runs_is_the_end()
    {
        JournalEntry[] lines = [Incident(0), Move(1, RecoveryStep.Starting), Move(1, RecoveryStep.Starting, job: "42"), Move(2, RecoveryStep.Detaching), Look(1, 2, 2, 3)];
        Assert.Equal(2, Own(lines)); // 42 does not run yet
        Assert.Equal(3, Own([.. lines, Move(4, RecoveryStep.Detaching, job: "42"), Look(3, 4, 4, 5)]));
    }

    [Fact]
    public void Where_nothing_is_moved_it_is_over_when_it_is_closed()
    {
        JournalEntry[] lines = [Incident(0), Look(0, 0, 0, 1)];
        Assert.Equal(3, Own([.. lines, Look(4, 5, 5, 6)]));
        Assert.Equal(2, Own([.. lines, Incident(5, closed: true), Look(4, 5, 5, 6), Look(7, 8, 8, 9)]));
    }

    [Fact]
    public void Of_a_look_that_an_earlier_version_wrote_the_pause_is_not_known()
        => Assert.Equal(0.75, Own(Incident(0), new JournalEntry.OfLook(At(5), TimeSpan.FromSeconds(0.25)) { At = At(6) }));

    [Fact]
    public void A_clock_that_was_set_back_takes_nothing_away()
        => Assert.Equal(1, Own(Incident(0), Look(0, 0, 0, 1), Look(20, 15, 15, 12)));

    [Fact]
    public void Of_a_trouble_that_is_not_known_there_is_no_share()
        => Assert.Equal(TimeSpan.Zero, IncidentTimeline.Of(0, [Look(0, 1, 2, 3)]).Own);

    private static double Own(params JournalEntry[] lines) => IncidentTimeline.Of(3, lines).Own.TotalSeconds;

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private static JournalEntry.OfLook Look(double idle, double asked, double seen, double at, double commands = 0)
        => new(At(seen), TimeSpan.FromSeconds(commands), At(asked), At(idle)) { At = At(at) };

    private static JournalEntry.OfIncident Incident(double at, long about = 3, bool closed = false) => new(new()
    {
        Id = about,
        Node = "n3",
        Device = new("GPU-3"),
        Opened = At(at),
        Rule = "row-remap-pending",
        State = HealthState.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice),
        Closed = closed ? At(at) : null,
    })
    { At = At(at) };

    private static JournalEntry.OfRecovery Move(double at, RecoveryStep step, string job = "41", double? asked = null, double? written = null, bool fellBack = false) => new(new()
    {
        Incident = 3,
        Epoch = 1,
        Job = job,
        User = "ada",
        Contract = JobContract.Undeclared,
        Targets = ["n3"],
        Destinations = ["n5"],
        RestartsBefore = 0,
        Step = step,
        StepSince = At(at),
        AskedAt = asked is { } when ? At(when) : null,
        Checkpoint = written is { } last ? new("/ckpt/1", 1, At(last)) : null,
        FellBack = fellBack,
    })
    { At = At(at) };
}

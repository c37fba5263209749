using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

public class OwnerNoteTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Theory]
    [InlineData("", "[forewarn: new]")]
    [InlineData("ask Ada first", "ask Ada first [forewarn: new]")]
    [InlineData("[forewarn: old]", "[forewarn: new]")]
    [InlineData("before [forewarn: old] behind [ours]", "before [forewarn: new] behind [ours]")]
    [InlineData("cut [forewarn: ol", "cut [forewarn: ol [forewarn: new]")] // nobody knows where it ended
    [InlineData("[forewarned]", "[forewarned] [forewarn: new]")]
    public void What_others_wrote_stays(string text, string expected)
    {
        Assert.Equal(expected, OwnerNote.Merge(text, "new"));
        if (!text.StartsWith("cut", StringComparison.Ordinal)) Assert.Equal(expected, OwnerNote.Merge(OwnerNote.Merge(text, "first"), "new")); // twice is once
    }

    [Fact]
    public void Nothing_in_it_ends_the_bracket_or_the_line()
        => Assert.Equal("[forewarn: a  b c d]", OwnerNote.Merge("", "a] b\nc[d"));

    [Fact]
    public void An_owner_is_told_of_a_move_when_it_is_over_and_once()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { AdminComment = "ask Ada first" };
        _fleet.Announce(3).Until(RecoveryStep.Detaching);
        Assert.Equal("ask Ada first", _fleet.Cluster.Job!.AdminComment); // nothing may hold the move up
        _fleet.ToItsEnd().Pass(5);
        Assert.Equal("ask Ada first [forewarn: incident 1: moved off n3 from step 100, 1 s of work lost]", _fleet.Cluster.Job!.AdminComment);
        Assert.Single(_fleet.Cluster.Done.OfType<SchedulerAct.Note>());
    }

    [Fact]
    public void Where_nothing_is_done_nothing_is_told()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Observe } };
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { AdminComment = "" };
        _fleet.Announce(3).Pass(30);
        Assert.NotEmpty(_fleet.State.Decisions);
        Assert.Equal("", _fleet.Cluster.Job!.AdminComment);
    }

    [Fact]
    public void Where_the_scheduler_does_not_show_it_or_the_site_does_not_want_it_nothing_is_told()
    {
        _fleet.Announce(3).ToItsEnd();
        Assert.Empty(_fleet.Cluster.Done.OfType<SchedulerAct.Note>());
        var silent = new TestFleet(8, 1, 2, 3, 4);
        silent.Settings = silent.Settings with { TellsOwners = false };
        silent.Cluster.Job = silent.Cluster.Job! with { AdminComment = "" };
        silent.Announce(3).ToItsEnd();
        Assert.Empty(silent.Cluster.Done.OfType<SchedulerAct.Note>());
    }

    [Fact]
    public void Of_several_troubles_the_latest_is_told_first_and_older_ones_behind_it()
    {
        var state = State(Opened(1, "n1"), Said(1, "n1", Verdict.Drained), Opened(2, "n3"), Said(2, "n3", Verdict.Moving), Moved(2, "n3"), Opened(4, "n2"), Said(4, "n2", Verdict.Adopted));
        Assert.Equal(
            "incident 4: n2 is gone, the scheduler started it anew; incident 2: moved off n3 from step 1200, 12 s of work lost; incident 1: n1 may fail (ecc): drained, the job runs to its end",
            OwnerNote.Of(state, _fleet.Cluster.Job!));
    }

    [Fact]
    public void What_is_over_or_finds_no_room_is_counted()
    {
        List<JournalEntry> lines = [Opened(1, "n1"), Said(1, "n1", Verdict.Drained), Closed(1, "n1")];
        for (var incident = 2; incident <= 5; incident++) lines.AddRange([Opened(incident, $"n{incident}"), Said(incident, $"n{incident}", Verdict.Drained)]);
        lines.AddRange([Opened(6, "n6"), Said(6, "n6", Verdict.Left), Opened(7, "n7"), Said(7, "n7", Verdict.AwaitsApproval)]); // nothing was done about these
        var note = OwnerNote.Of(State([.. lines]), _fleet.Cluster.Job!);
        Assert.Equal("incident 5: n5 may fail (ecc): drained, the job runs to its end; incident 4: n4 may fail (ecc): drained, the job runs to its end; 3 earlier", note);
        Assert.InRange(OwnerNote.Merge("", note!).Length, 1, 200);
    }

    [Fact]
    public void One_line_that_is_too_long_is_cut_and_the_others_are_counted_all_the_same()
    {
        var node = new string('n', 250);
        var note = OwnerNote.Of(State(Opened(1, "n1"), Said(1, "n1", Verdict.Drained), Opened(2, node), Said(2, node, Verdict.Drained)), _fleet.Cluster.Job!);
        Assert.EndsWith("nnn; 1 earlier", note, StringComparison.Ordinal);
        Assert.Equal(200, OwnerNote.Merge("", note!).Length);
    }

    [Theory]
    [InlineData(Verdict.Drained, "n3 may fail (row-remap-failed): drained, the job runs to its end")]
    [InlineData(Verdict.Asked, "n3 may fail (row-remap-failed): asked for a checkpoint, stays to its end")]
    [InlineData(Verdict.AwaitsCheckpoint, "n3 may fail (row-remap-failed): is moved at its next checkpoint")]
    [InlineData(Verdict.Adopted, "n3 is gone, the scheduler started it anew")]
    [InlineData(Verdict.AwaitsApproval, null)]
    [InlineData(Verdict.Left, null)]
    public void What_was_decided_and_done_is_said_in_one_line(Verdict verdict, string? said)
    {
        _fleet.Announce(3).Pass(1);
        var decision = new DecisionRecord { Incident = 1, Job = "41", Nodes = ["n3"], Verdict = verdict, Why = "" };
        var state = ControllerState.Empty.With(new JournalEntry.OfIncident(_fleet.State.Incidents[1]) { At = default }).With(new JournalEntry.OfDecision(decision) { At = default });
        Assert.Equal(said is null ? null : $"incident 1: {said}", OwnerNote.Of(state, _fleet.Cluster.Job!));
    }

    private static ControllerState State(params JournalEntry[] lines) => lines.Aggregate(ControllerState.Empty, static (state, line) => state.With(line));

    private static JournalEntry.OfIncident Opened(long id, string node) => new(Trouble(id, node)) { At = DateTimeOffset.UnixEpoch };

    private static JournalEntry.OfIncident Closed(long id, string node) => new(Trouble(id, node) with { Closed = DateTimeOffset.UnixEpoch }) { At = DateTimeOffset.UnixEpoch };

    private static JournalEntry.OfDecision Said(long id, string node, Verdict verdict) => new(new() { Incident = id, Job = "41", Nodes = [node], Verdict = verdict, Why = "" }) { At = DateTimeOffset.UnixEpoch };

    private static JournalEntry.OfRecovery Moved(long id, string node) => new(new()
    {
        Incident = id,
        Epoch = 1,
        Job = "41",
        User = "ada",
        Contract = JobContract.Undeclared,
        Targets = [node],
        Destinations = ["n5"],
        RestartsBefore = 0,
        Step = RecoveryStep.Closed,
        StepSince = DateTimeOffset.UnixEpoch,
        Outcome = RecoveryOutcome.Recovered,
        Checkpoint = new("/ckpt/1", 1200, DateTimeOffset.UnixEpoch),
        Lost = TimeSpan.FromSeconds(12),
    })
    { At = DateTimeOffset.UnixEpoch };

    private static Incident Trouble(long id, string node) => new()
    {
        Id = id,
        Node = node,
        Device = new("GPU-0"),
        Opened = DateTimeOffset.UnixEpoch,
        Rule = "ecc",
        State = HealthState.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
    };
}

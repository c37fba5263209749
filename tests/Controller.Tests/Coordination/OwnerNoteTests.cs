using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

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
        Assert.Equal("ask Ada first [forewarn: incident 1: moved off n3 from step 100]", _fleet.Cluster.Job!.AdminComment);
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
}

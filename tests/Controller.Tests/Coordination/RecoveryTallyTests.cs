using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Tests.Coordination;

public class RecoveryTallyTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Fact]
    public void A_move_is_counted_by_its_steps_its_time_and_what_it_saved()
    {
        _fleet.Announce(3).ToItsEnd();
        var tally = Read();
        var opened = _fleet.State.Incidents[1].Opened;
        var running = _fleet.Journal.OfType<JournalEntry.OfRecovery>().First(line => line.Recovery.Step == RecoveryStep.Detaching).At;
        var (count, seconds, quantiles) = tally.Recoveries(0.5, 0.99);
        Assert.Equal((1L, (running - opened).TotalSeconds), (count, seconds));
        Assert.Equal([seconds, seconds], quantiles);
        Assert.Equal(1, tally.Step(RecoveryStep.Stopping).Count);
        Assert.Equal(0, tally.Step(RecoveryStep.Undoing).Count);
        var steps = Enum.GetValues<RecoveryStep>().Sum(step => tally.Step(step).Time.TotalSeconds);
        var move = _fleet.Journal.OfType<JournalEntry.OfRecovery>().ToList();
        Assert.Equal((move[^1].At - move[0].At).TotalSeconds, steps, 3); // nothing is lost between the steps
        var choice = _fleet.Decisions.First(one => one.Verdict == Verdict.Moving).Decision!;
        Assert.InRange(choice.Saved, 1, double.MaxValue);
        Assert.Equal(choice.Saved / 60, tally.SavedGpuHours.Estimated, 6);
    }

    [Fact]
    public void What_was_seen_to_be_saved_is_the_work_from_the_last_checkpoint_until_the_one_that_was_asked_for()
    {
        _fleet.Cluster.Newest = new("/ckpt/old", 50, _fleet.Cluster.Now.AddHours(-1));
        var began = _fleet.Cluster.Now;
        _fleet.Announce(3).ToItsEnd();
        var hours = 1 + (_fleet.Journal.OfType<JournalEntry.OfRecovery>().First(line => line.Recovery.IsAnswered).Recovery.Checkpoint!.Written - began).TotalHours;
        Assert.InRange(hours, 1, 1.01);
        Assert.Equal(32 * hours, Read().SavedGpuHours.Observed, 6);
    }

    [Fact]
    public void A_move_for_which_nobody_could_be_asked_is_seen_to_have_saved_nothing()
    {
        _fleet.Cluster.Newest = new("/ckpt/old", 50, _fleet.Cluster.Now.AddHours(-1));
        _fleet.Announce(3, rule: "fell-off", state: Forewarn.Model.HealthState.Failed).ToItsEnd();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Move.Outcome);
        Assert.Equal(0, Read().SavedGpuHours.Observed);
    }

    [Fact]
    public void A_move_that_came_to_nothing_saved_nothing()
    {
        _fleet.Announce(3).Until(RecoveryStep.Stopping);
        _fleet.Cluster.Job = null;
        _fleet.ToItsEnd();
        Assert.Equal(((0.0, 0.0), 0L), (Read().SavedGpuHours, Read().Recoveries(0.5).Count));
        Assert.Equal([double.NaN], Read().Recoveries(0.5).Quantiles);
    }

    [Theory]
    [InlineData(ActionMode.Auto, IncidentOutcome.Moved)]
    [InlineData(ActionMode.Observe, IncidentOutcome.Refused)]
    public void A_trouble_that_is_over_is_counted_once_by_what_had_been_done(ActionMode mode, IncidentOutcome outcome)
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = mode } };
        _fleet.Announce(3).Pass(5);
        if (mode == ActionMode.Auto) _fleet.ToItsEnd();
        var incident = _fleet.State.Incidents[1];
        var closed = new JournalEntry.OfIncident(incident with { Closed = _fleet.Cluster.Now }) { At = _fleet.Cluster.Now };
        _fleet.Journal.AddRange([closed, closed]);
        var tally = Read();
        Assert.All(Enum.GetValues<IncidentOutcome>(), one => Assert.Equal(one == outcome ? 1 : 0, tally.Incidents(one)));
    }

    [Fact]
    public void Percentiles_are_of_the_last_ones_alone()
    {
        var tally = new RecoveryTally();
        var start = DateTimeOffset.UnixEpoch.AddDays(20_000);
        _fleet.Announce(3).Until(RecoveryStep.Starting);
        var state = _fleet.State;
        for (var i = 1; i <= RecoveryTally.Window + 10; i++)
        {
            var before = state with { Incidents = state.Incidents.SetItem(1, state.Incidents[1] with { Opened = start }) };
            tally.Count(before, new JournalEntry.OfRecovery(_fleet.Move with { Step = RecoveryStep.Detaching }) { At = start.AddSeconds(i) });
        }

        var (count, _, quantiles) = tally.Recoveries(0.5, 1);
        Assert.Equal(RecoveryTally.Window + 10, count);
        Assert.Equal([10 + (RecoveryTally.Window / 2), RecoveryTally.Window + 10], quantiles);
    }

    private RecoveryTally Read()
    {
        var (tally, state) = (new RecoveryTally(), ControllerState.Empty);
        foreach (var line in _fleet.Journal)
        {
            tally.Count(state, line);
            state = state.With(line);
        }

        return tally;
    }
}

using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class FieldsVanishedTests() : RuleContract(new FieldsVanished(), Severity.Watch, step: 1)
{
    private readonly TestNode _node = new(1, new FieldsVanished());
    private int _turn;

    // It is told by habit from the third time on.
    protected override TimeSpan Acquaintance => TimeSpan.FromSeconds(5);

    // What was never told cannot vanish: without its memory it knows of nothing that did.
    protected override bool IsMemoryLost => false;

    [Fact]
    public void A_reading_that_was_told_and_is_not_any_more_is_watched_after_a_minute()
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
        Tell(61, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.Invalid));
        Assert.Empty(_node.Findings());
        Tell(2, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.Invalid));
        var finding = Assert.Single(_node.Findings());
        Assert.Equal(("fields-vanished", Severity.Watch), (finding.Rule, finding.Severity));
        Assert.Contains("forewarn_device_temperature_celsius{gpu}", finding.Summary, StringComparison.Ordinal);
        Tell(122, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void Many_at_once_degrade()
    {
        SignalId[] many = [.. Enumerable.Range((int)SignalId.ClockGraphics, 10).Select(id => (SignalId)id)];
        Tell(5, [Value(SignalId.Power), .. many.Select(Value)]);
        Tell(70, [Value(SignalId.Power), .. many.Skip(1).Select(id => Reading.None(id, NoDataReason.Invalid))]);
        Assert.Equal(Severity.Watch, Assert.Single(_node.Findings()).Severity);
        Tell(3, [Value(SignalId.Power), .. many.Select(id => Reading.None(id, NoDataReason.Invalid))]);
        Assert.Equal(Severity.Degraded, Assert.Single(_node.Findings()).Severity);
    }

    [Theory]
    [InlineData(NoDataReason.Stalled)]
    [InlineData(NoDataReason.DeviceLost)]
    [InlineData(NoDataReason.DriverNotLoaded)]
    [InlineData(NoDataReason.SourceStopped)]
    public void What_the_whole_card_does_not_tell_is_presences_matter(NoDataReason absence)
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
        Tell(200, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, absence));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void What_was_never_told_by_habit_cannot_vanish()
    {
        Tell(2, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
        Tell(200, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.NotSupported));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void One_failed_call_and_slow_readings_between_their_turns_are_nothing()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            Tell(4, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
            Tell(1, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.TimedOut));
        }

        Tell(300, Value(SignalId.Power)); // not read at all in these turns
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void Links_and_what_a_profiler_takes_for_itself_do_not_count()
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.LinkUp), Value(SignalId.ProfileSm));
        Tell(200, Value(SignalId.Power), Reading.None(SignalId.LinkUp, NoDataReason.Invalid), Reading.None(SignalId.ProfileSm, NoDataReason.NoPermission));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void Another_driver_or_another_division_of_the_card_begins_anew()
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.TemperatureGpu), Reading.Of(SignalId.MigEnabled, 0));
        Tell(200, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.NotSupported), Reading.Of(SignalId.MigEnabled, 1));
        Assert.Empty(_node.Findings());
        Tell(5, Value(SignalId.Power), Value(SignalId.TemperatureGpu), Reading.Of(SignalId.MigEnabled, 1));
        _node.Node.DriverLoaded = _node.Now;
        Tell(200, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.SymbolMissing), Reading.Of(SignalId.MigEnabled, 1));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void Counters_that_begin_anew_say_nothing()
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.Energy));
        _node.Reset(0);
        Tell(200, Value(SignalId.Power), Reading.Of(SignalId.Energy, 0));
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void It_is_known_after_a_restart_what_was_told_before()
    {
        Tell(5, Value(SignalId.Power), Value(SignalId.TemperatureGpu));
        Tell(70, Value(SignalId.Power), Reading.None(SignalId.TemperatureGpu, NoDataReason.Invalid));
        var bytes = new byte[FieldWatch.SavedSize];
        _node.Card(0).Fields.Save(bytes);
        var after = _node.Restarted(1, new FieldsVanished());
        Assert.True(after.Card(0).Fields.Load(bytes));
        Assert.Equal(1, after.Card(0).Fields.Vanished);
        Assert.Single(after.Pass(600).Findings());
        bytes[0]++;
        Assert.False(after.Card(0).Fields.Load(bytes));
    }

    /// <summary>One failed call in five is just no loss.</summary>
    protected override void Read(Condition condition)
    {
        var isGone = condition == Condition.Ill || (condition == Condition.JustBelow && ++_turn % 5 == 0);
        if (condition == Condition.Absent) Node.Read(0, Reading.None(SignalId.Power, NoDataReason.Stalled), Reading.None(SignalId.TemperatureGpu, NoDataReason.Stalled));
        else Node.Read(0, Value(SignalId.Power), isGone ? Reading.None(SignalId.TemperatureGpu, NoDataReason.Invalid) : Value(SignalId.TemperatureGpu));
    }

    private static Reading Value(SignalId signal) => Reading.Of(signal, 1);

    private void Tell(int seconds, params Reading[] readings)
    {
        for (var second = 0; second < seconds; second++) _node.Read(0, readings).Pass(1);
    }
}

namespace Forewarn.Predict.History;

/// <summary>
/// The time that judging goes by: the wall clock's, but when that is set back it goes on from where it was, so that no window, delay or
/// comparison ever sees time run backwards or stand still. What people see is told in the wall clock's time. One for a node.
/// </summary>
internal sealed class JudgingClock
{
    // Own figure: samples and events are stamped by several threads and may overtake each other by less; a clock that is set moves by more.
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(1);

    private DateTimeOffset _last;
    private TimeSpan _ahead;

    /// <summary>The newest time that was asked for; the default before the first.</summary>
    public DateTimeOffset Last => _last;

    /// <summary>How many events were taken so far: which of two came first does not hang on their times.</summary>
    public long Events { get; set; }

    /// <summary>The judging time of a moment that is now on the wall clock.</summary>
    public DateTimeOffset At(DateTimeOffset wall)
    {
        var judged = wall + _ahead;
        if (judged >= _last) return _last = judged;
        if (_last - judged > Overtaking) _ahead = _last - wall;
        return _last;
    }

    /// <summary>The judging time of a moment in the past, as the wall clock has it now; never later than now.</summary>
    public DateTimeOffset Past(DateTimeOffset wall, DateTimeOffset now) => wall + _ahead < now ? wall + _ahead : now;

    /// <summary>What the wall clock would show at this judging time, had it always been set as it is now.</summary>
    public DateTimeOffset Wall(DateTimeOffset judged) => judged.UtcTicks <= _ahead.Ticks ? default : judged - _ahead;

    /// <summary>An earlier run had come as far as this: if the wall clock was set back since, it goes on from there.</summary>
    public void GoOnFrom(DateTimeOffset time)
    {
        if (_last == default) _last = time;
    }
}

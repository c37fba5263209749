namespace Forewarn.Predict.History;

/// <summary>
/// How often something comes, learned while it comes, so that a gap (the agent was down, a clock was set forward) is told from the usual
/// distance between two. A slower setting is learned within a few turns; many at once do not make it faster than the least.
/// </summary>
internal sealed class Pace
{
    // Own figure: four turns may fail in a row (a probe that is started anew takes two) before what came between is unknown.
    private const int Turns = 5;

    private readonly TimeSpan _least;
    private readonly TimeSpan _most;
    private TimeSpan _period;

    public Pace(TimeSpan least, TimeSpan most) => (_least, _most, _period) = (least, most, least);

    /// <summary>The longest distance that is no gap.</summary>
    public TimeSpan Longest => Turns * _period;

    /// <summary>Takes the distance to the one before; gives back how much of it was watched: of a gap no more than the usual distance.</summary>
    public TimeSpan Take(TimeSpan step)
    {
        if (step <= TimeSpan.Zero) return TimeSpan.Zero;
        if (step > Longest)
        {
            var watched = _period;
            _period = TimeSpan.FromTicks(Math.Min(2 * _period.Ticks, _most.Ticks));
            return watched;
        }

        _period += (TimeSpan.FromTicks(Math.Clamp(step.Ticks, _least.Ticks, _most.Ticks)) - _period) / 8;
        return step;
    }
}

namespace Forewarn.Controller.Coordination;

/// <summary>How often nodes failed so that a job on them was lost or would have been, as the journal has it.</summary>
/// <param name="Count">Failures; what strikes one node within an hour is one.</param>
/// <param name="NodeDays">Nodes times days in which they were counted.</param>
public readonly record struct FleetFailures(int Count, double NodeDays)
{
    /// <summary>Own figure: long enough to count some, short enough that they are of today's hardware.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(90);

    /// <summary>None were counted: nobody looked yet.</summary>
    public static FleetFailures None => default;

    /// <param name="state">The journal, read to its end.</param>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="now">The time.</param>
    public static FleetFailures Of(ControllerState state, int nodes, DateTimeOffset now)
    {
        if (state.Since is not { } since || since >= now) return None;
        var begin = now - since > Window ? now - Window : since;
        return new(state.Failures.Count(failure => failure.At >= begin), nodes * (now - begin).TotalDays);
    }
}

namespace Forewarn.Controller.Fleet;

/// <summary>What a report is beside those that were taken before.</summary>
public enum ReportStanding : byte
{
    /// <summary>It is taken.</summary>
    New,

    /// <summary>The one that was taken last, once more, because its answer was lost: answered as taken, and nothing changes.</summary>
    Duplicate,

    /// <summary>Of a run of the agent that was taken further already: played back, or so late that its sender does not wait for it any more.</summary>
    Replayed,

    /// <summary>It has the number of the one that was taken last, and says something else.</summary>
    Conflicting,

    /// <summary>It is of an earlier run of an agent than the one that is heard: two agents speak for one node.</summary>
    Contested,
}

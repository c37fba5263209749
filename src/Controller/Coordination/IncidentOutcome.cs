using Forewarn.Controller.Incidents;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>What had been done about a trouble when it was over.</summary>
public enum IncidentOutcome : byte
{
    /// <summary>Nothing was decided: it was over too soon, or asked for nothing.</summary>
    None,

    /// <summary>To leave all as it is was thought best.</summary>
    Left,

    /// <summary>A guard refused, or nobody approved.</summary>
    Refused,

    /// <summary>A person rejected it.</summary>
    Rejected,

    /// <summary>The node got no new work, and its jobs ran to their end, asked for a checkpoint or not.</summary>
    Drained,

    /// <summary>The scheduler had started the job anew by itself.</summary>
    Adopted,

    /// <summary>A job was to be moved, and that came to nothing.</summary>
    MoveFailed,

    /// <summary>A job was moved and got on.</summary>
    Moved,
}

/// <summary>Tells them apart.</summary>
public static class IncidentOutcomes
{
    /// <summary>Of a trouble that is over: what went furthest of all that was decided and done because of it.</summary>
    public static IncidentOutcome Of(ControllerState state, Incident incident)
    {
        var moves = state.Recoveries.Values.Where(move => move.Incident == incident.Id).Select(static move => move.Outcome).ToList();
        if (moves.Contains(RecoveryOutcome.Recovered)) return IncidentOutcome.Moved;
        if (moves.Contains(RecoveryOutcome.Adopted)) return IncidentOutcome.Adopted;
        if (moves.Count > 0) return IncidentOutcome.MoveFailed;
        return state.Decisions.Values.Where(decision => decision.Incident == incident.Id).Select(static decision => Of(decision.Verdict)).DefaultIfEmpty(IncidentOutcome.None).Max();
    }

    private static IncidentOutcome Of(Verdict verdict) => verdict switch
    {
        Verdict.Left => IncidentOutcome.Left,
        Verdict.Refused or Verdict.AwaitsApproval => IncidentOutcome.Refused,
        Verdict.Rejected => IncidentOutcome.Rejected,
        Verdict.Adopted => IncidentOutcome.Adopted,
        Verdict.Moving => IncidentOutcome.MoveFailed,
        _ => IncidentOutcome.Drained,
    };
}

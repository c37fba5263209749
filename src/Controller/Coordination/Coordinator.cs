namespace Forewarn.Controller.Coordination;

/// <summary>
/// Turns what is seen into what is to be done, a look at a time. It remembers nothing but the journal and knows no clock: the same look always yields
/// the same plan.
/// </summary>
public static class Coordinator
{
    /// <summary>What is to be written and done now.</summary>
    public static CoordinationPlan Next(CoordinationView view)
    {
        var desk = new Desk(view);
        IncidentBook.Keep(desk);
        DrainBook.Keep(desk);
        OpenRepairs.Advance(desk);
        OpenMoves.Advance(desk);
        Deciding.Run(desk);
        Leftovers.Clear(desk);
        OwnerNotes.Tell(desk); // last: what matters more is done first
        return desk.ToPlan();
    }
}

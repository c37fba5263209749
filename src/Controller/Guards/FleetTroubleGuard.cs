namespace Forewarn.Controller.Guards;

/// <summary>What strikes many nodes that have something in common is for people: draining them all would be the greater damage.</summary>
internal sealed class FleetTroubleGuard : IGuard
{
    /// <summary>What it is called in the journal.</summary>
    public const string Word = "fleet-trouble";

    public string Name => Word;

    public bool IsAskedAgain => true;

    public string? Refuse(Proposal proposal, GuardView view) => proposal.IsApproved ? null : view.Fleet(proposal.Incident);
}

namespace Forewarn.Controller.Guards;

/// <summary>What strikes many nodes that have something in common is for people: draining them all would be the greater damage.</summary>
internal sealed class FleetTroubleGuard : IGuard
{
    public string Name => "fleet-trouble";

    public bool IsAskedAgain => true;

    public string? Refuse(Proposal proposal, GuardView view) => proposal.IsApproved ? null : view.Fleet(proposal.Incident);
}

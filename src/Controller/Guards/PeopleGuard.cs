namespace Forewarn.Controller.Guards;

/// <summary>A person put the node back into service, or keeps it from us: that is an order, until the person takes it back.</summary>
internal sealed class PeopleGuard : IGuard
{
    public string Name => "people";

    public bool IsAskedAgain => true;

    public string? Refuse(Proposal proposal, GuardView view)
        => view.HeldByPeople.Contains(proposal.Incident.Node) ? $"{proposal.Incident.Node} was put into service, or kept from us, by somebody" : null;
}

namespace Forewarn.Controller.Guards;

/// <summary>What looks like the job's own doing drains no node.</summary>
internal sealed class SoftwareGuard : IGuard
{
    public string Name => "software";

    public bool IsAskedAgain => true;

    public string? Refuse(Proposal proposal, GuardView view) => view.Software(proposal.Incident);
}

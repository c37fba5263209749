namespace Forewarn.Controller.Guards;

/// <summary>How far the site lets us go in this partition. Asked last, so that observe says what auto would have done.</summary>
internal sealed class ModeGuard : IGuard
{
    public string Name => "mode";

    public bool IsAskedAgain => true;

    public string? Refuse(Proposal proposal, GuardView view) => view.Settings.ModeOf(proposal.Partition, proposal.IsRepair) switch
    {
        ActionMode.Auto => null,
        ActionMode.Approve when proposal.IsApproved => null,
        ActionMode.Approve => $"partition {proposal.Partition} waits for somebody's approval",
        _ => $"partition {proposal.Partition} is only observed",
    };
}

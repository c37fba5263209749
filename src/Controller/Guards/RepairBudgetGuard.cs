namespace Forewarn.Controller.Guards;

/// <summary>A node that has to be repaired again and again is not helped by one more time.</summary>
internal sealed class RepairBudgetGuard : IGuard
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public string Name => "repair-budget";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (!proposal.IsRepair) return null;
        var (node, most) = (proposal.Incident.Node, view.Settings.RepairsPerWeek);
        var spent = view.RepairsOf(node).Count(at => view.Now - at < Week);
        return spent < most ? null : FormattableString.Invariant($"{node} was repaired {spent} times within a week, and {most} may be");
    }
}

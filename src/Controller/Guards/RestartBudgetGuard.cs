using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>A job that is started anew again and again is not helped by one more time, and every start puts others off.</summary>
internal sealed class RestartBudgetGuard : IGuard
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public string Name => "restart-budget";

    public bool IsOfJob => true;

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (proposal.Job is not { } job || proposal.Alternative is not (Alternative.MoveNow or Alternative.MoveAtNextCheckpoint)) return null;
        var budget = job.Contract.Restarts ?? view.Settings.RestartsPerDay;
        var spent = view.RestartsOf(job.Id).Count(at => view.Now - at < Day);
        return spent < budget ? null : FormattableString.Invariant($"job {job.Id} was started anew {spent} times within a day, and {budget} may be");
    }
}

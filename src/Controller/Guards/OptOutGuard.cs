using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>Its owner said that the job is not to be moved.</summary>
internal sealed class OptOutGuard : IGuard
{
    public string Name => "opt-out";

    public bool IsAskedAgain => true;

    public bool IsOfJob => true;

    public string? Refuse(Proposal proposal, GuardView view)
        => proposal is { Job.Contract.IsOff: true, Alternative: not (Alternative.Nothing or Alternative.DrainAndLetEnd) } ? $"the owner of job {proposal.Job.Id} declared forewarn=off" : null;
}

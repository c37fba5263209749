using Forewarn.Controller.Decisions;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Guards;

/// <summary>Some jobs cannot be started anew by anybody, or not by us.</summary>
internal sealed class UnmovableJobGuard : IGuard
{
    public string Name => "unmovable-job";

    public bool IsOfJob => true;

    public string? Refuse(Proposal proposal, GuardView view) => proposal switch
    {
        { Alternative: not (Alternative.MoveNow or Alternative.MoveAtNextCheckpoint) } or { Job: null } => null,
        { Job.Kind: JobKind.Interactive } => $"job {proposal.Job.Id} is interactive: nothing could start it anew",
        { Job: { Kind: JobKind.Heterogeneous } job } => $"job {job.Id} is a part of {job.Leader}, and all parts would have to be placed together",
        { Job.CanRequeue: false } => $"job {proposal.Job.Id} was submitted not to be started anew",
        _ => null,
    };
}

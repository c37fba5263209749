namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>What became of the wish to drain this node.</summary>
/// <param name="IsDrained">The node is out of service now, by us or by others.</param>
/// <param name="Text">What was done, or why nothing was.</param>
/// <param name="IsUnanswered">The wish stands and Slurm did not answer, or refused: not the site's rules kept the node in service.</param>
internal sealed record DrainOutcome(bool IsDrained, string Text, bool IsUnanswered = false);

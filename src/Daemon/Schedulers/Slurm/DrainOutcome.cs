namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>What became of the wish to drain this node.</summary>
/// <param name="IsDrained">The node is out of service now, by us or by others.</param>
/// <param name="Text">What was done, or why nothing was.</param>
internal sealed record DrainOutcome(bool IsDrained, string Text);

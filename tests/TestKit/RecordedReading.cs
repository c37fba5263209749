namespace Forewarn.TestKit;

/// <summary>All that Slurm's programs tell of a cluster at one moment.</summary>
/// <param name="Nodes">sinfo --json.</param>
/// <param name="Jobs">squeue --json --states=all.</param>
/// <param name="Holds">scontrol --oneliner show reservation.</param>
public sealed record RecordedReading(string Nodes, string Jobs, string Holds);

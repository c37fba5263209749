namespace Forewarn.Controller.Reports;

/// <summary>
/// A job is asked to write a checkpoint: the agent puts this as a file where the job's processes may look for it, and that is all that it ever does to a
/// node's work.
/// </summary>
/// <param name="Job">The scheduler's number of the job.</param>
/// <param name="Incident">Because of which trouble.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Until">Till when an answer is awaited; the same as <paramref name="At"/> where none is, because the job declared no way to give one.</param>
/// <param name="Reason">One line for the job's owner.</param>
public sealed record CheckpointOrder(string Job, long Incident, DateTimeOffset At, DateTimeOffset Until, string Reason);

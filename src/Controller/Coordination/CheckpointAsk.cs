namespace Forewarn.Controller.Coordination;

/// <summary>A job that stays where it is was asked for a checkpoint.</summary>
/// <param name="Incident">Because of which trouble.</param>
/// <param name="Job">Which job.</param>
/// <param name="At">When.</param>
/// <param name="Until">Till when its nodes carry the request.</param>
public sealed record CheckpointAsk(long Incident, string Job, DateTimeOffset At, DateTimeOffset Until);

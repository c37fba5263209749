using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>A job that stays where it is was asked for a checkpoint.</summary>
/// <param name="Incident">Because of which trouble.</param>
/// <param name="Job">Which job.</param>
/// <param name="At">When.</param>
/// <param name="Until">Till when its nodes carry the request.</param>
/// <param name="Noted">Its newest checkpoint then; null where none was known.</param>
/// <param name="Signals">How often its signal was sent, or was about to be when this was written; 0 to 2.</param>
public sealed record CheckpointAsk(long Incident, string Job, DateTimeOffset At, DateTimeOffset Until, SeenCheckpoint? Noted = null, int Signals = 0);

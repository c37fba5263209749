namespace Forewarn.Controller.Recovery;

/// <summary>A checkpoint that was found complete.</summary>
/// <param name="Path">Where.</param>
/// <param name="Step">The training step it holds; −1 when its format does not tell.</param>
/// <param name="Written">When its last file was written.</param>
public sealed record SeenCheckpoint(string Path, long Step, DateTimeOffset Written);

namespace Forewarn.Daemon.Api;

/// <summary>How an operation ended.</summary>
/// <param name="Done">False when it was refused or failed; nothing has changed then, or the text says what has.</param>
/// <param name="Text">One line for a person.</param>
internal readonly record struct OperationResult(bool Done, string Text);

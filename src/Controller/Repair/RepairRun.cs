namespace Forewarn.Controller.Repair;

/// <summary>How a run of the site's repair command stands. A controller that was started anew knows of none.</summary>
/// <param name="HasEnded">It is over.</param>
/// <param name="Trouble">What is wrong with how it ended; empty when it ended well.</param>
public sealed record RepairRun(bool HasEnded, string Trouble = "");

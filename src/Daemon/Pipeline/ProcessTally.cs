using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>How many processes hold a device. Immutable.</summary>
/// <param name="Count">As many as the driver told of and still live; meaningless with an absence.</param>
/// <param name="Unlisted">How many of them it told the number of and nothing else.</param>
/// <param name="Absence">Why the driver gives no list; None when it does.</param>
internal sealed record ProcessTally(int Count, int Unlisted, NoDataReason Absence);

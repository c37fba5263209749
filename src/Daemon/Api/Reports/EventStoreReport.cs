namespace Forewarn.Daemon.Api.Reports;

/// <summary>What became of events on their way to the disk, in <c>/v1/node</c>.</summary>
/// <param name="Stored">Since the agent's start, growth of one that was stored before included.</param>
/// <param name="Held">Told, and waiting for the disk.</param>
/// <param name="Lost">Told, and never to be stored.</param>
/// <param name="LastSuccess">Absent before the first time.</param>
/// <param name="Trouble">Why the disk refuses; absent while it takes.</param>
internal sealed record EventStoreReport(long Stored, long Held, long Lost, DateTimeOffset? LastSuccess, string? Trouble);

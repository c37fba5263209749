using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>An event with its number.</summary>
/// <param name="Id">Grows with each new event of this node, by one as long as the numbers given before are known; never used twice for what was announced as durable.</param>
/// <param name="Event">As it is now.</param>
/// <param name="IsNew">False when an event that was told before goes on: count, last time and sources grew.</param>
internal readonly record struct EventRecord(long Id, HealthEvent Event, bool IsNew)
{
    /// <summary>How far its count grew since it was last told; the whole count of a new one.</summary>
    public long Growth { get; init; }
}

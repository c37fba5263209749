using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    public static SelfFamily EventStoreUp { get; } = new("forewarn_event_store_up", FamilyType.Gauge, SignalUnit.None,
        "1 unless events could not be stored at the last attempt; they are told all the same.");

    public static SelfFamily EventsStored { get; } = new("forewarn_event_store_events_stored_total", FamilyType.Counter, SignalUnit.None,
        "Events stored, each time that one went on among them.");

    public static SelfFamily EventsLost { get; } = new("forewarn_event_store_events_lost_total", FamilyType.Counter, SignalUnit.None,
        "Events that were told and will never be stored: the disk refused, and 10,000 were waiting.");

    public static SelfFamily EventsHeld { get; } = new("forewarn_event_store_events_held", FamilyType.Gauge, SignalUnit.None,
        "Events that wait to be stored.");

    public static SelfFamily EventsLastSuccess { get; } = new("forewarn_event_store_last_success_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time at which events were last stored; none before the first time.");

    public static SelfFamily EventCommits { get; } = new("forewarn_event_store_commit_seconds", FamilyType.Histogram, SignalUnit.Seconds,
        "Time until the disk had what was stored at once.");

    public static ImmutableArray<SelfFamily> EventStore => [EventStoreUp, EventsStored, EventsLost, EventsHeld, EventsLastSuccess, EventCommits];
}

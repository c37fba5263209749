namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private readonly byte[] _storeUp = SelfCatalog.EventStoreUp.Series();
    private readonly byte[] _eventsStored = SelfCatalog.EventsStored.Series();
    private readonly byte[] _eventsLost = SelfCatalog.EventsLost.Series();
    private readonly byte[] _eventsHeld = SelfCatalog.EventsHeld.Series();
    private readonly byte[] _eventsLastSuccess = SelfCatalog.EventsLastSuccess.Series();
    private readonly HistogramSeries _eventCommits = new(SelfCatalog.EventCommits);

    private void WriteEventStore(ref ExpositionWriter writer)
    {
        if (_view.EventStore is not { } store) return;
        writer.Begin(SelfCatalog.EventStoreUp.Header);
        writer.Sample(_storeUp, store.Refusal is null);
        writer.Begin(SelfCatalog.EventsStored.Header);
        writer.Sample(_eventsStored, store.Stored);
        writer.Begin(SelfCatalog.EventsLost.Header);
        writer.Sample(_eventsLost, store.Lost);
        writer.Begin(SelfCatalog.EventsHeld.Header);
        writer.Sample(_eventsHeld, store.Held);
        writer.Begin(SelfCatalog.EventsLastSuccess.Header);
        if (store.LastSuccess != default) writer.Sample(_eventsLastSuccess, UnixTime.Seconds(store.LastSuccess));
        writer.Begin(SelfCatalog.EventCommits.Header);
        _eventCommits.Write(store.Commits, ref writer);
    }
}

using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;

namespace Forewarn.Daemon.Reporting;

/// <summary>What the store has behind a number: it is the spool. A disk that does not answer must not silence the node: then a report goes without.</summary>
internal sealed class StoredTransitions(EventWriter events, TimeProvider time)
{
    // As long as the writer waits for a commit. Whoever waits longer is late with the state of the node.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Task<StoredReading?>? _reading;

    /// <summary>Null while the store cannot be read.</summary>
    public async Task<StoredReading?> ReadAsync(TakenNumber taken, int most, CancellationToken stop)
    {
        if (_reading is { IsCompleted: false }) return null;
        _reading = Task.Run(() => Read(taken, most), stop);
        try
        {
            return await _reading.WaitAsync(Patience, time, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private StoredReading? Read(TakenNumber taken, int most)
    {
        try
        {
            return events.Read(store =>
            {
                var after = taken.In(store.Identity);
                var found = store.Read(new EventFilter(After: after), most);
                return new StoredReading(store.Identity, [.. found.Select(Of)], found.Count < most ? found.Count : store.CountAfter(after));
            });
        }
        catch (EventStoreException)
        {
            return null; // the store itself tells of it
        }
    }

    private static ReportedTransition Of(EventRecord record)
    {
        var happened = record.Event;
        var code = happened switch
        {
            { Finding: { } finding } => FindingCode.Of(finding),
            { Kind: HealthEventKind.DriverError or HealthEventKind.SwitchError } => happened.Code,
            _ => 0,
        };
        return new(record.Id, happened.Kind, (happened.Device?.Id ?? DeviceId.Node).Value, happened.FirstSeen, happened.Text, happened.Finding?.Rule ?? "", code);
    }
}

/// <summary>What was read at once, of one store.</summary>
/// <param name="Store">Which.</param>
/// <param name="Transitions">The oldest first.</param>
/// <param name="Waiting">How many there are, with those that did not fit.</param>
internal sealed record StoredReading(string Store, ImmutableArray<ReportedTransition> Transitions, long Waiting);

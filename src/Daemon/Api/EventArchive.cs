using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;

namespace Forewarn.Daemon.Api;

/// <summary>What happened so far: what is stored, and what was told and waits for the disk.</summary>
internal sealed class EventArchive(EventWriter writer)
{
    // Own figure: some 250 KiB at a time.
    public const int Page = 500;

    private string? _unread;

    /// <summary>Why events are not stored, or cannot be read; null while all is well.</summary>
    public string? Trouble => _unread ?? writer.Meter.Refusal;

    /// <summary>False when what is stored could not be read.</summary>
    public bool IsRead => _unread is null;

    /// <summary>At most so many, the oldest first.</summary>
    public IReadOnlyList<Announcement> Read(EventFilter filter, int most)
    {
        // In this order: what is stored meanwhile is then met twice, not never.
        var held = writer.Held();
        var found = new SortedDictionary<long, Announcement>();
        foreach (var record in held.Where(record => filter.Takes(record.Id) && filter.Takes(record.Event))) found[record.Id] = new(record with { IsNew = true }, IsDurable: false);
        foreach (var record in Stored(filter, most)) found[record.Id] = new(record, IsDurable: true);
        return [.. filter.Newest ? found.Values.TakeLast(most) : found.Values.Take(most)];
    }

    private IReadOnlyList<EventRecord> Stored(EventFilter filter, int most)
    {
        try
        {
            return writer.Read(filter, most);
        }
        catch (EventStoreException exception)
        {
            _unread = exception.Message;
            return [];
        }
    }
}

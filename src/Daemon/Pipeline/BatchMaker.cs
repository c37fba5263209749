using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Gathers what one turn of the assessment has to tell, so that events, what the rules made of them and the kernel's cursor go out together.</summary>
internal sealed class BatchMaker(EventQueue events, NodeJudgement judgement, EventCounts counts, Action<EventBatch> post, TimeProvider time)
{
    private readonly List<EventRecord> _records = [];
    private readonly List<HealthEvent> _changes = [];
    private KernelCursor? _cursor;
    private long _postedAt;

    public void Add(in EventRecord record)
    {
        counts.Count(record.Event.Kind, record.Event.Code, record.Growth);
        _records.Add(record);
    }

    /// <summary>Everything up to here is in what was added; null when that did not move.</summary>
    public void Reach(KernelCursor? cursor) => _cursor = cursor ?? _cursor;

    /// <summary>Hands over what there is; a cursor alone waits until the last batch is so long ago.</summary>
    public void Post(TimeSpan patience)
    {
        judgement.Drain(_changes);
        foreach (var change in _changes) Add(events.Number(change));
        _changes.Clear();
        if (_records.Count == 0 && (_cursor is null || _postedAt != 0 && time.GetElapsedTime(_postedAt) < patience)) return;
        _postedAt = time.GetTimestamp();
        post(new EventBatch { Events = [.. _records], Cursor = _cursor });
        _records.Clear();
        _cursor = null;
    }
}

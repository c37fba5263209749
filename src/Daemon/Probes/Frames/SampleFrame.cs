using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// Writes the readings of one device into a batch. Where they exceed one frame, the rest follows in the next.
/// A source only calls <see cref="Value"/> and <see cref="None"/>.
/// </summary>
internal sealed class SampleFrame(FrameBuilder builder, FrameBatch batch)
{
    private const int CallSize = 10;
    private const int ReadingSize = 14;
    private const int MaxCalls = 32;

    private readonly (ushort CallGroup, long Nanoseconds)[] _calls = new (ushort, long)[MaxCalls];
    private ushort _ordinal;
    private SampleGroup _group;
    private long _ticks;
    private int _countAt;
    private ushort _count;
    private int _callCount;
    private bool _blocked;

    /// <summary>Readings since <see cref="Begin"/> that carry a value.</summary>
    public int Values { get; private set; }

    public void Begin(ushort ordinal, SampleGroup group, DateTimeOffset time)
    {
        (_ordinal, _group, _ticks, _callCount, _blocked, Values) = (ordinal, group, time.UtcTicks, 0, false, 0);
        Open();
    }

    /// <summary>A value; what is no number counts as an absence, so that a card that gives nothing else does not pass for one that answers.</summary>
    public void Value(SignalId signal, double value, ushort instance = 0)
    {
        if (!double.IsFinite(value))
        {
            None(signal, NoDataReason.Invalid, instance);
            return;
        }

        Add(signal, NoDataReason.None, instance, value);
        Values++;
    }

    public void None(SignalId signal, NoDataReason reason, ushort instance = 0) => Add(signal, reason, instance, 0);

    public void Called(int callGroup, long nanoseconds)
    {
        if (_callCount < MaxCalls) _calls[_callCount++] = ((ushort)callGroup, nanoseconds);
    }

    /// <summary>False when the pipe was full, so that this device's sample is lost.</summary>
    public bool TrySend()
    {
        Close(_callCount);
        return !_blocked && batch.TryAdd(builder.Seal(FrameType.Sample));
    }

    private void Add(SignalId signal, NoDataReason reason, ushort instance, double value)
    {
        if (builder.Remaining < ReadingSize + (MaxCalls * CallSize) + sizeof(ushort)) Continue();
        builder.UInt16((ushort)signal).UInt16(instance).Byte((byte)reason).Byte(0).Double(value);
        _count++;
    }

    private void Continue()
    {
        Close(calls: 0);
        _blocked = _blocked || !batch.TryAdd(builder.Seal(FrameType.Sample));
        Open();
    }

    private void Open()
    {
        builder.Begin();
        builder.UInt16(_ordinal).Byte((byte)_group).Byte(0).Int64(_ticks);
        _countAt = builder.Position;
        builder.UInt16(0);
        _count = 0;
    }

    private void Close(int calls)
    {
        builder.Patch(_countAt, _count);
        builder.UInt16((ushort)calls);
        for (var i = 0; i < calls; i++) builder.UInt16(_calls[i].CallGroup).Int64(_calls[i].Nanoseconds);
    }
}

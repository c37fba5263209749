using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Forewarn.Predict.History;

/// <summary>
/// Writes what is remembered, small: a whole number is 1 to 8 bytes, any other number 9, a time how long it is ago. The moment itself is told in the
/// wall clock's time, since the judging clock of the next run begins with that.
/// </summary>
internal sealed class MemoryWriter
{
    // Marks a number that is not a whole one of at most 54 bits; no length of a whole number has it.
    internal const byte Raw = 0xff;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private JudgingClock? _clock;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Begins anew, with times on this clock.</summary>
    public MemoryWriter Begin(JudgingClock clock)
    {
        _clock = clock;
        _bytes.ResetWrittenCount();
        return this;
    }

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number: a byte that counts those that follow, then those, the lowest first.</summary>
    public void Number(double value)
    {
        if (!(value >= 0 && value < 1L << 54 && value == Math.Truncate(value)) || (value == 0 && double.IsNegative(value)))
        {
            Byte(Raw);
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
            _bytes.Advance(sizeof(double));
            return;
        }

        var whole = (ulong)value;
        if (whole < 0xf0) // what is most frequent stands in the first byte itself
        {
            Byte((byte)whole);
            return;
        }

        var length = (byte)((64 - System.Numerics.BitOperations.LeadingZeroCount(whole) + 7) / 8);
        Byte((byte)(0xf0 + length));
        for (var i = 0; i < length; i++) Byte((byte)(whole >> (8 * i)));
    }

    public void Fixed(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(sizeof(uint)), value);
        _bytes.Advance(sizeof(uint));
    }

    /// <summary>The newest time on the judging clock: all others are told against it.</summary>
    public DateTimeOffset Now => Clock.Last;

    /// <summary>To the tick; the default stays the default.</summary>
    public void Time(DateTimeOffset judged) => Ago(Clock.Last.UtcTicks, judged);

    /// <summary>A time that is the wall clock's already.</summary>
    public void WallTime(DateTimeOffset wall) => Ago(Clock.Wall(Clock.Last).UtcTicks, wall);

    public void Span(TimeSpan span) => Number(span.Ticks);

    /// <summary>Which moment all times are told against.</summary>
    public void Moment()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), Clock.Wall(Clock.Last).UtcTicks);
        _bytes.Advance(sizeof(long));
    }

    /// <summary>At most so many bytes of it, cut between characters.</summary>
    public void Text(string text, int most = ushort.MaxValue)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        while (count > most)
        {
            text = text[..Math.Min(text.Length - 1, most)];
            if (char.IsHighSurrogate(text[^1])) text = text[..^1];
            count = Encoding.UTF8.GetByteCount(text);
        }

        Number(count);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(count));
        _bytes.Advance(count);
    }

    /// <summary>A part with its mark and length, so that a reader that does not know it steps over it.</summary>
    public void Part(byte mark, MemoryWriter part)
    {
        Byte(mark);
        Number(part.Written.Length);
        _bytes.Write(part.Written);
    }

    private JudgingClock Clock => _clock ?? throw new InvalidOperationException("nothing was begun");

    private void Ago(long now, DateTimeOffset time) => Number(time == default ? 0 : now - time.UtcTicks + 1);
}

using System.Buffers.Binary;
using System.Text;

namespace Forewarn.Predict.History;

/// <summary>Reads what <see cref="MemoryWriter"/> wrote. Past the end, and of what makes no sense, it gives zeros and says so; it never throws.</summary>
internal ref struct MemoryReader(ReadOnlySpan<byte> bytes)
{
    // Own figures: a time or span beyond them was never written, and counting on from it would overflow.
    private static readonly long LatestTicks = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private static readonly long LongestTicks = TimeSpan.FromDays(36_500).Ticks;

    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Something was not there, or could not be what it should.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The moment that all times are told against.</summary>
    public DateTimeOffset Now { get; private set; }

    public readonly bool IsAtEnd => IsTorn || _left.IsEmpty;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public bool Flag() => Byte() != 0;

    public double Number()
    {
        var first = Byte();
        if (first == MemoryWriter.Raw) return Take(sizeof(double)) is { Length: sizeof(double) } raw ? BinaryPrimitives.ReadDoubleLittleEndian(raw) : 0;
        if (first < 0xf0) return first;
        ulong whole = 0;
        var taken = Take(first - 0xf0);
        for (var i = taken.Length - 1; i >= 0; i--) whole = (whole << 8) | taken[i];
        return whole;
    }

    /// <summary>A count of things of which each takes at least a byte.</summary>
    public int Count()
    {
        var count = Number();
        if (count >= 0 && count <= _left.Length) return (int)count;
        Tear();
        return 0;
    }

    /// <summary>A whole number; torn when it is none.</summary>
    public long Whole()
    {
        var value = Number();
        if (Math.Abs(value) < 1L << 54 && value == Math.Truncate(value)) return (long)value;
        Tear();
        return 0;
    }

    public uint Fixed() => Take(sizeof(uint)) is { Length: sizeof(uint) } raw ? BinaryPrimitives.ReadUInt32LittleEndian(raw) : 0;

    public void Moment() => Now = At(Take(sizeof(long)) is { Length: sizeof(long) } raw ? BinaryPrimitives.ReadInt64LittleEndian(raw) : 0);

    public DateTimeOffset Time() => Whole() is var ago and not 0 ? At(Now.UtcTicks - ago + 1) : default;

    public TimeSpan Span()
    {
        var ticks = Whole();
        if (ticks >= 0 && ticks <= LongestTicks) return TimeSpan.FromTicks(ticks);
        Tear();
        return default;
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>The next part.</summary>
    public MemoryReader Part(out byte mark)
    {
        mark = Byte();
        return new MemoryReader(Take(Count())) { Now = Now };
    }

    /// <summary>All that is left of it, as it was written.</summary>
    public ReadOnlySpan<byte> Rest() => Take(_left.Length);

    /// <summary>What was read makes no sense.</summary>
    public void Tear() => IsTorn = true;

    private DateTimeOffset At(long ticks)
    {
        if (ticks >= 0 && ticks <= LatestTicks) return new DateTimeOffset(ticks, TimeSpan.Zero);
        Tear();
        return default;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
        {
            Tear();
            _left = [];
            return [];
        }

        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>
/// Writes samples behind pre-built bytes. A family's header is held back until its first sample, so that a family without
/// series leaves no trace. Allocates nothing.
/// </summary>
internal ref struct ExpositionWriter(IBufferWriter<byte> output, ExpositionFormat format)
{
    // The longest double that round-trips, -2.2250738585072014E-308, has 24 bytes; a long has 20.
    private const int LongestNumber = 24;

    // Asked for at a time: few enough calls into the buffer, a small part of a scrape of eight cards (222 KB).
    private const int ChunkBytes = 16 * 1024;

    // Whole numbers up to 2^53 are exact in a double; most readings are such, and integers print several times faster.
    private const double LargestExactInteger = 1L << 53;

    private Span<byte> _chunk;
    private int _used;
    private ReadOnlySpan<byte> _header;

    /// <summary>All samples until the next call belong to this family.</summary>
    public void Begin(FamilyHeader header) => _header = header.In(format);

    /// <summary>One line. The value must be finite: what could not be measured is not written at all.</summary>
    public void Sample(ReadOnlySpan<byte> series, double value)
    {
        BeginLine(series);
        var whole = (long)value;
        int written;
        if (whole == value && Math.Abs(value) <= LargestExactInteger) Utf8Formatter.TryFormat(whole, _chunk[_used..], out written);
        else value.TryFormat(_chunk[_used..], out written, default, CultureInfo.InvariantCulture);
        EndLine(written);
    }

    /// <summary>One line with a whole number.</summary>
    public void Sample(ReadOnlySpan<byte> series, long value)
    {
        BeginLine(series);
        Utf8Formatter.TryFormat(value, _chunk[_used..], out var written);
        EndLine(written);
    }

    /// <summary>One line with 1 or 0.</summary>
    public void Sample(ReadOnlySpan<byte> series, bool value) => Sample(series, value ? 1L : 0L);

    /// <summary>Closes the scrape and hands the last bytes over.</summary>
    public void End()
    {
        if (format == ExpositionFormat.OpenMetrics)
        {
            var eof = "# EOF\n"u8;
            Reserve(eof.Length);
            Put(eof);
        }

        output.Advance(_used);
        _chunk = default;
        _used = 0;
    }

    private void BeginLine(ReadOnlySpan<byte> series)
    {
        Reserve(_header.Length + series.Length + LongestNumber + 1);
        Put(_header);
        _header = default;
        Put(series);
    }

    private void EndLine(int written)
    {
        _used += written;
        _chunk[_used++] = (byte)'\n';
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_chunk[_used..]);
        _used += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_chunk.Length - _used >= bytes) return;
        output.Advance(_used);
        _chunk = output.GetSpan(Math.Max(bytes, ChunkBytes));
        _used = 0;
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Writes points behind pre-built bytes; a batch that is full is handed on at once. Its buffer is used again.</summary>
internal sealed class PointWriter(int mostPoints, Action<Batch> full)
{
    // The longest double that round-trips has 24 bytes, a time in milliseconds 13 until the year 2286; a blank and an end.
    private const int LongestTail = 64;

    // Three hundred points of one card with eighteen links are some 50 KB.
    private const int FirstBytes = 64 * 1024;

    // A request stays below what servers take whatever the lines are: InfluxDB 3 takes 10 MB, VictoriaMetrics 32 MB.
    private const int MostBytes = 8 << 20;

    private readonly ArrayBufferWriter<byte> _text = new(FirstBytes);
    private DateTimeOffset _taken;
    private int _points;

    public void Begin(DateTimeOffset taken) => _taken = taken;

    /// <summary>One point. The value must be finite: what could not be measured is not written at all.</summary>
    public void Value(ReadOnlySpan<byte> series, double value, DateTimeOffset time)
    {
        var line = _text.GetSpan(series.Length + LongestTail);
        series.CopyTo(line);
        value.TryFormat(line[series.Length..], out var digits, default, CultureInfo.InvariantCulture);
        End(line, series.Length + digits, time);
    }

    /// <summary>A point for each of several states: 1 for the one that holds, 0 for the others.</summary>
    public void OneOf(byte[][] series, int holds, DateTimeOffset time)
    {
        for (var i = 0; i < series.Length; i++) Value(series[i], i == holds ? 1 : 0, time);
    }

    /// <summary>One point whose fields are complete.</summary>
    public void Facts(ReadOnlySpan<byte> facts, DateTimeOffset time)
    {
        var line = _text.GetSpan(facts.Length + LongestTail);
        facts.CopyTo(line);
        End(line, facts.Length, time);
    }

    /// <summary>Hands on what there is.</summary>
    public void End()
    {
        if (_points == 0) return;
        var batch = new Batch(Batch.Pack(_text.WrittenSpan), _points, _taken);
        _text.ResetWrittenCount();
        _points = 0;
        full(batch);
    }

    private void End(Span<byte> line, int length, DateTimeOffset time)
    {
        line[length++] = (byte)' ';
        Utf8Formatter.TryFormat(time.ToUnixTimeMilliseconds(), line[length..], out var digits);
        length += digits;
        line[length++] = (byte)'\n';
        _text.Advance(length);
        if (++_points == mostPoints || _text.WrittenCount > MostBytes) End();
    }
}

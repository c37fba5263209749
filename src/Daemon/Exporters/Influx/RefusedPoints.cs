using System.Text;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Counts the points that the server refuses, and names them: each series once, since it would be refused every ten seconds. A series that was
/// refused is left out for an hour, for the same reason.
/// </summary>
internal sealed partial class RefusedPoints(DeliveryView meter, TimeProvider time, ILogger logger)
{
    // Beyond these nobody reads on; they are counted all the same.
    private const int MostNamed = 256;

    // A node of eight H100 has some 3,000 series.
    private const int MostLeftOut = 4096;

    private static readonly TimeSpan LeftOutFor = TimeSpan.FromHours(1);

    private readonly HashSet<string> _named = [];
    private readonly Dictionary<string, DateTimeOffset> _leftOut = [];

    public bool AnyLeftOut => _leftOut.Count > 0;

    /// <summary>Whether the line is of a series that was refused within the hour.</summary>
    public bool IsLeftOut(ReadOnlyMemory<byte> line)
    {
        var series = SeriesOf(line.Span);
        if (!_leftOut.TryGetValue(series, out var since)) return false;
        if (time.GetUtcNow() - since < LeftOutFor) return true;
        _leftOut.Remove(series);
        return false;
    }

    public void Add(IEnumerable<ReadOnlyMemory<byte>> lines, string reason)
    {
        foreach (var line in lines)
        {
            meter.CountDropped(DropReason.Refused, 1);
            var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\n');
            var series = SeriesOf(line.Span);
            if (_leftOut.Count < MostLeftOut || _leftOut.ContainsKey(series)) _leftOut[series] = time.GetUtcNow();
            if (_named.Count < MostNamed && _named.Add(series)) Log.Refused(logger, reason, text);
        }
    }

    /// <summary>So many that the server did not name.</summary>
    public void Add(int points, string reason)
    {
        meter.CountDropped(DropReason.Refused, points);
        if (_named.Count < MostNamed && _named.Add(reason)) Log.SomeRefused(logger, points, reason);
    }

    // Measurement and tags: up to the first blank that no backslash stands before.
    private static string SeriesOf(ReadOnlySpan<byte> line)
    {
        var end = 0;
        while (end < line.Length && line[end] != ' ') end += line[end] == '\\' ? 2 : 1;
        return Encoding.UTF8.GetString(line[..Math.Min(end, line.Length)]);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "a point was refused and is dropped, and so are those of its series for an hour: {Reason} [line `{Line}`]")]
        public static partial void Refused(ILogger logger, string reason, string line);

        [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "{Points} points of a request were refused and are dropped: {Reason}")]
        public static partial void SomeRefused(ILogger logger, int points, string reason);
    }
}

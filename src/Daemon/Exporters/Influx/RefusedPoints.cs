using System.Text;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Counts the points that the server refuses, and names them: each series once, since it may be refused every ten seconds. A series whose bad point
/// had to be searched for is left out for an hour: the search would be made in every batch. Where the server names the line, the next one is asked for.
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

    /// <summary>Whether the line is of a series that was searched for and refused within the hour.</summary>
    public bool IsLeftOut(ReadOnlyMemory<byte> line)
    {
        var series = SeriesOf(line.Span);
        if (!_leftOut.TryGetValue(series, out var since)) return false;
        if (time.GetUtcNow() - since < LeftOutFor) return true;
        _leftOut.Remove(series);
        return false;
    }

    /// <summary>Lines that the server named: they cost a request, and nothing is concluded of the next of their series.</summary>
    public void AddNamed(IEnumerable<ReadOnlyMemory<byte>> lines, string reason)
    {
        foreach (var line in lines) Add(line, SeriesOf(line.Span), reason, "its series is tried again");
    }

    /// <summary>Lines that were found by halving, which cost many: their series are left out from now on.</summary>
    public void AddSearched(IEnumerable<ReadOnlyMemory<byte>> lines, string reason)
    {
        foreach (var line in lines)
        {
            var series = SeriesOf(line.Span);
            if (_leftOut.Count < MostLeftOut || _leftOut.ContainsKey(series)) _leftOut[series] = time.GetUtcNow();
            Add(line, series, reason, "its series is left out for an hour");
        }
    }

    /// <summary>So many that the server did not name.</summary>
    public void AddUnnamed(int points, string reason)
    {
        meter.CountDropped(DropReason.Refused, points);
        if (_named.Count < MostNamed && _named.Add(reason)) Log.SomeRefused(logger, points, reason);
    }

    private void Add(ReadOnlyMemory<byte> line, string series, string reason, string next)
    {
        meter.CountDropped(DropReason.Refused, 1);
        if (_named.Count < MostNamed && _named.Add(series)) Log.Refused(logger, next, reason, Encoding.UTF8.GetString(line.Span).TrimEnd('\n'));
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
        [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "a point was refused and is dropped, {Next}: {Reason} [line `{Line}`]")]
        public static partial void Refused(ILogger logger, string next, string reason, string line);

        [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "{Points} points of a request were refused and are dropped: {Reason}")]
        public static partial void SomeRefused(ILogger logger, int points, string reason);
    }
}

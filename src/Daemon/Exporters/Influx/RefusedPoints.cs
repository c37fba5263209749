using System.Text;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Counts the points that the server refuses, and names them: each series once, since it would be refused every ten seconds.</summary>
internal sealed partial class RefusedPoints(DeliveryView meter, ILogger logger)
{
    // Beyond these nobody reads on; they are counted all the same.
    private const int MostNamed = 256;

    private readonly HashSet<string> _named = [];

    public void Add(IEnumerable<ReadOnlyMemory<byte>> lines, string reason)
    {
        foreach (var line in lines)
        {
            meter.CountDropped(DropReason.Refused, 1);
            var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\n');
            var series = text[..Math.Max(text.LastIndexOf(' '), 0)];
            if (_named.Count < MostNamed && _named.Add(series)) Log.Refused(logger, reason, text);
        }
    }

    /// <summary>So many that the server did not name.</summary>
    public void Add(int points, string reason)
    {
        meter.CountDropped(DropReason.Refused, points);
        if (_named.Count < MostNamed && _named.Add(reason)) Log.SomeRefused(logger, points, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "a point was refused and is dropped, and so will be those of its series: {Reason} [line `{Line}`]")]
        public static partial void Refused(ILogger logger, string reason, string line);

        [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "{Points} points of a request were refused and are dropped: {Reason}")]
        public static partial void SomeRefused(ILogger logger, int points, string reason);
    }
}

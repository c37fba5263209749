using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// Whether the points of each series reached a database in the order of their times. The database itself cannot tell: it sorts what it has. A point that comes
/// again, as after an answer that was lost, is no disorder.
/// </summary>
internal sealed class ArrivalOrder
{
    private readonly Dictionary<string, long> _newest = [];
    private readonly HashSet<(string Series, long Time)> _seen = [];
    private readonly Lock _lock = new();

    /// <summary>The first points that came after a later one of their series, each with the time of that.</summary>
    public List<string> Late { get; } = [];

    /// <summary>How many points came.</summary>
    public long Points { get; private set; }

    /// <summary>How many of them had been there before.</summary>
    public long Again { get; private set; }

    /// <summary>Takes a request that reached the database: line protocol, compressed.</summary>
    public void Add(byte[] packed)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        lock (_lock)
        {
            while (text.ReadLine() is { } line) Add(line);
        }
    }

    private void Add(string line)
    {
        var (series, time) = (line[..EndOfSeries(line)], long.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
        Points++;
        if (!_seen.Add((series, time))) Again++;
        else if (_newest.TryGetValue(series, out var newest) && time < newest) Late.Add($"{line} after {newest}");
        else _newest[series] = time;
    }

    private static int EndOfSeries(string line)
    {
        var end = 0;
        while (line[end] != ' ') end += line[end] == '\\' ? 2 : 1;
        return end;
    }
}

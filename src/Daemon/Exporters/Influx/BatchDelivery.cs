using System.Text;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// One batch on its way. Most arrive with one request; one that is refused for some of its points is sent again without them, or in halves
/// until they are found, so that they do not hold the others. Sending a point twice is harmless: it is the same point.
/// </summary>
internal sealed class BatchDelivery(Batch batch, InfluxServer server, DeliveryView meter, RefusedPoints refused, TimeProvider time)
{
    // Two bad lines of 5,000 are found with some fifty requests. Where more are bad the pieces that are left are given up whole.
    private const int MostRequests = 128;

    // A refusal by something that is no InfluxDB, which took nothing in as many requests, is not about points.
    private const int EnoughToDoubt = 24;

    private readonly Stack<IReadOnlyList<ReadOnlyMemory<byte>>> _pieces = new();
    private readonly List<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, string Why)> _doubtful = [];
    private bool _isWhole = true;
    private bool _anyTaken;
    private bool _isOfInflux;
    private int _requests;

    /// <summary>Null when every point has been taken or refused; else why the rest must wait. Then it is called again.</summary>
    public async Task<WriteAnswer?> ContinueAsync(CancellationToken stop)
    {
        while (_isWhole || _pieces.Count > 0)
        {
            var lines = _isWhole ? null : _pieces.Peek();
            var answer = await server.WriteAsync(lines is null ? batch.Packed : Pack(lines), stop);
            if (answer.MustWait) return answer;
            _requests++;
            if (_isWhole && answer.Verdict != Verdict.Accepted) (_isWhole, lines) = (false, batch.Lines() ?? []);
            else if (_isWhole) _isWhole = false;
            else _pieces.Pop();
            Settle(answer, lines);
            _isOfInflux |= answer.IsOfInflux;
            var isDone = _pieces.Count == 0 && batch.Points > 1;
            if (!_anyTaken && !_isOfInflux && (isDone || _requests >= EnoughToDoubt)) return Restart(answer);
        }

        foreach (var (lines, why) in _doubtful) refused.Add(lines, why);
        _doubtful.Clear();
        return null;
    }

    private void Settle(WriteAnswer answer, IReadOnlyList<ReadOnlyMemory<byte>>? lines)
    {
        switch (answer.Verdict)
        {
            case Verdict.Accepted:
                Taken(lines?.Count ?? batch.Points);
                break;
            case Verdict.PartlyAccepted:
                var dropped = Math.Min(answer.Dropped, lines!.Count);
                refused.Add(dropped, answer.Text);
                Taken(lines.Count - dropped);
                break;
            case Verdict.BadPoints when Named(answer, lines!) is { Count: > 0 } named:
                refused.Add(named.Select(at => lines![at]), answer.Text);
                Push([.. lines!.Index().Where(line => !named.Contains(line.Index)).Select(line => line.Item)], answer);
                break;
            default:
                Halve(lines!, answer);
                break;
        }
    }

    private void Taken(int points)
    {
        _anyTaken = true;
        meter.CountWritten(points, time.GetUtcNow());
    }

    private void Halve(IReadOnlyList<ReadOnlyMemory<byte>> lines, WriteAnswer answer)
    {
        if (lines.Count <= 1)
        {
            _doubtful.Add((lines, answer.Text));
            return;
        }

        var half = lines.Count / 2;
        Push([.. lines.Skip(half)], answer);
        Push([.. lines.Take(half)], answer);
    }

    private void Push(IReadOnlyList<ReadOnlyMemory<byte>> lines, WriteAnswer answer)
    {
        if (lines.Count == 0) return;
        if (_requests < MostRequests) _pieces.Push(lines);
        else refused.Add(lines, answer.Text);
    }

    // Then nothing is dropped: all of it waits until somebody has seen to what stands there.
    private WriteAnswer Restart(WriteAnswer answer)
    {
        _pieces.Clear();
        _doubtful.Clear();
        (_isWhole, _requests) = (true, 0);
        return answer with { Verdict = Verdict.Misdirected };
    }

    private static HashSet<int> Named(WriteAnswer answer, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var named = answer.BadLines.Where(line => line >= 0 && line < lines.Count).ToHashSet();
        if (answer.BadTexts.Count == 0) return named;
        var texts = answer.BadTexts.ToHashSet();
        named.UnionWith(lines.Index().Where(line => texts.Contains(Encoding.UTF8.GetString(line.Item.Span[..^1]))).Select(line => line.Index));
        return named;
    }

    private static byte[] Pack(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        using var text = new MemoryStream();
        foreach (var line in lines) text.Write(line.Span);
        return Batch.Pack(text.GetBuffer().AsSpan(0, (int)text.Length));
    }
}

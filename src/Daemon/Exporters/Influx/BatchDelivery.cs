using System.Text;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// One batch on its way. Most arrive with one request; one that is refused for some of its points is sent again without them, or in halves
/// until they are found, so that they do not hold the others. Sending a point twice is harmless: it is the same point.
/// </summary>
internal sealed class BatchDelivery(Batch batch, InfluxServer server, DeliveryView meter, RefusedPoints refused, TimeProvider time)
{
    // Two bad lines of 5,000 are found with some fifty requests. Where more are bad the search goes on after a wait: a server is not to be beaten.
    private const int MostRequests = 128;

    // The whole, its halves, quarters … and all its 32nds: when none of them is taken and nobody names a line, it is not about points.
    private const int EnoughToDoubt = 63;

    // A server that takes longer for a batch than it is given would take longer every time.
    private const int TimeoutsToHalve = 5;

    private readonly LinkedList<IReadOnlyList<ReadOnlyMemory<byte>>> _pieces = new();
    private readonly List<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, string Why)> _doubtful = [];
    private bool _isWhole = true;
    private bool _anyTaken;
    private bool _isAboutPoints; // a line was named or quoted, or so many were dropped: it is not about who asks, or where
    private string? _doubted;
    private int _requests;
    private int _timeouts;
    private IReadOnlyList<ReadOnlyMemory<byte>>? _rest; // the lines without those that are known to be refused, where there are such
    private bool _hasBegun;

    /// <summary>Null when every point has been taken or refused; else why the rest must wait. Then it is called again.</summary>
    public async Task<WriteAnswer?> ContinueAsync(CancellationToken stop)
    {
        if (!_hasBegun) LeaveOut();
        _hasBegun = true;
        while (_isWhole || _pieces.Count > 0)
        {
            var lines = _isWhole ? null : _pieces.First!.Value;
            var answer = await server.WriteAsync(lines is null ? batch.Packed : Pack(lines), stop);
            if (answer.IsTimeout && ++_timeouts % TimeoutsToHalve == 0) Shrink(answer);
            if (answer.MustWait) return answer;
            _timeouts = 0;
            // Known from the last attempt: not to be looked for in every point again.
            if (_requests == 0 && answer.Verdict == Verdict.BadPoints && answer.Text == _doubted) return Doubt(answer);
            _requests++;
            if (_isWhole && answer.Verdict != Verdict.Accepted) (_isWhole, lines) = (false, batch.Lines() ?? []);
            else if (_isWhole) _isWhole = false;
            else _pieces.RemoveFirst();
            Settle(answer, lines);
            if (!_anyTaken && !_isAboutPoints && (_pieces.Count == 0 || _requests >= EnoughToDoubt)) return Doubt(answer);
            if (_requests < MostRequests || _pieces.Count == 0) continue;
            _requests = 1;
            return new(Verdict.ServerError, $"so many points are refused that the search for them goes on in a while: {answer.Text}");
        }

        foreach (var (lines, why) in _doubtful) refused.AddSearched(lines, why);
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
                _isAboutPoints = true;
                var dropped = Math.Min(answer.Dropped, lines!.Count);
                refused.AddUnnamed(dropped, answer.Text);
                Taken(lines.Count - dropped);
                break;
            case Verdict.BadPoints when Named(answer, lines!) is { Count: > 0 } named:
                _isAboutPoints = true;
                refused.AddNamed(named.Select(at => lines![at]), answer.Text);
                Push([.. lines!.Index().Where(line => !named.Contains(line.Index)).Select(line => line.Item)]);
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

        var (half, inOrder) = (lines.Count / 2, answer.Verdict == Verdict.TooLarge);
        if (inOrder) Push([.. lines.Skip(half)]);
        Push([.. lines.Take(half)], inOrder);
        if (!inOrder) Push([.. lines.Skip(half)], inOrder);
    }

    // Where bad points are looked for the large pieces come first: most of what is good has arrived when the search begins in earnest.
    private void Push(IReadOnlyList<ReadOnlyMemory<byte>> lines, bool isNext = true)
    {
        if (lines.Count == 0) return;
        if (isNext) _pieces.AddFirst(lines);
        else _pieces.AddLast(lines);
    }

    private void Shrink(WriteAnswer answer)
    {
        var lines = _isWhole ? batch.Lines() ?? [] : _pieces.First!.Value;
        if (lines.Count < 2) return;
        if (!_isWhole) _pieces.RemoveFirst();
        _isWhole = false;
        Halve(lines, answer with { Verdict = Verdict.TooLarge });
    }

    // What was searched for and refused a while ago would be refused again, and cost its search in every batch.
    private void LeaveOut()
    {
        if (!refused.AnyLeftOut || batch.Lines() is not { } lines) return;
        var rest = lines.Where(line => !refused.IsLeftOut(line)).ToList();
        if (rest.Count == lines.Count) return;
        meter.CountDropped(DropReason.Refused, lines.Count - rest.Count);
        (_rest, _isWhole) = (rest, false);
        Push(rest);
    }

    // Then nothing is dropped: all of it waits until somebody has seen to what stands there.
    private WriteAnswer Doubt(WriteAnswer answer)
    {
        _pieces.Clear();
        _doubtful.Clear();
        (_isWhole, _requests, _doubted) = (_rest is null, 0, answer.Text);
        if (_rest is not null) Push(_rest);
        return answer with { Verdict = Verdict.Misdirected, Text = $"points are refused, and the answer names none of them: {answer.Text}" };
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

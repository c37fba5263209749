using System.IO.Pipelines;
using Forewarn.Daemon.Probes.Frames;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// Reads one probe's pipe on a thread of its own and hands the frames on. The pipe of System.IO.Pipelines only keeps what is not yet a whole
/// frame; both of its ends are used on this thread, so nothing waits and, once its segments are pooled, nothing is allocated.
/// </summary>
internal sealed class FramePump(Stream stream, uint generation, IFrameSink sink)
{
    private const int ReadSize = 16 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly FrameReader _reader = new(generation);

    /// <summary>Runs until the probe's end of the pipe is closed.</summary>
    public void Run()
    {
        try
        {
            while (TryFill()) HandOn();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The same as the end of the stream: whoever watches the process knows more.
        }
    }

    private bool TryFill()
    {
        var count = stream.Read(_pipe.Writer.GetSpan(ReadSize));
        if (count == 0) return false;
        _pipe.Writer.Advance(count);
        var flush = _pipe.Writer.FlushAsync();
        return flush.IsCompletedSuccessfully && !flush.Result.IsCompleted;
    }

    private void HandOn()
    {
        if (!_pipe.Reader.TryRead(out var result)) return;
        var bytes = result.Buffer;
        FrameOutcome outcome;
        do
        {
            outcome = _reader.TryRead(ref bytes);
            if (outcome == FrameOutcome.Read) sink.Take(_reader.Type, _reader.Payload);
            else if (outcome == FrameOutcome.Refused) sink.Refuse();
        }
        while (outcome != FrameOutcome.Incomplete);
        _pipe.Reader.AdvanceTo(bytes.Start, bytes.End);
        sink.Rest();
    }
}

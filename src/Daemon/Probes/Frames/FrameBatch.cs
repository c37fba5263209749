namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// Whole frames of one sweep, gathered until they fill one write of PIPE_BUF bytes: every write wakes the agent, which costs more than
/// what is in it. A write that a full pipe refuses loses the frames in it.
/// </summary>
internal sealed class FrameBatch(FrameOutput output)
{
    private readonly byte[] _bytes = new byte[FrameHeader.MaxFrame];
    private int _length;

    /// <summary>Takes a frame; false when those before it had to go and the pipe was full: they are lost, and this one with them.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        if (_length + frame.Length > _bytes.Length && !TryFlush()) return false;
        frame.CopyTo(_bytes.AsSpan(_length));
        _length += frame.Length;
        return true;
    }

    /// <summary>Sends what is there; false when the pipe was full, so that it is lost.</summary>
    public bool TryFlush()
    {
        var length = _length;
        _length = 0;
        return length == 0 || output.TryWrite(_bytes.AsSpan(0, length));
    }
}

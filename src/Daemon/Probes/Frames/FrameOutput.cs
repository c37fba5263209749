using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// The probe's end of the pipe. Every frame is one write of at most PIPE_BUF bytes to a non-blocking descriptor: either all of it goes or
/// none, and a full pipe is seen at once instead of stopping the sweep.
/// </summary>
internal sealed class FrameOutput(int descriptor)
{
    /// <summary>False when the pipe is full: the frame was left out.</summary>
    public bool TryWrite(ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            if (Libc.Write(descriptor, frame) >= 0) return true;
            switch (Libc.LastError)
            {
                case Errno.Interrupted: continue;
                case Errno.TryAgain: return false;
                default: throw new IOException("the agent's end of the pipe is gone");
            }
        }
    }

    /// <summary>For what must not be lost: waits until the agent has made room.</summary>
    public void Write(ReadOnlySpan<byte> frame)
    {
        while (!TryWrite(frame)) Libc.WaitWritable(descriptor, milliseconds: 1000);
    }
}

using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>An open file of a checkpoint. What it is read for is small; a file that becomes shorter meanwhile says so.</summary>
internal sealed class CheckpointFile(int descriptor, long length) : IDisposable
{
    /// <summary>Bytes when it was opened.</summary>
    public long Length => length;

    /// <summary>What the last read that failed met; None when the file had become shorter.</summary>
    public Errno Error { get; private set; }

    /// <summary>True when all was read.</summary>
    public bool TryRead(long offset, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var count = Libc.ReadAt(descriptor, into, offset);
            if (count < 0 && Libc.LastError == Errno.Interrupted) continue;
            if (count <= 0)
            {
                Error = count < 0 ? Libc.LastError : Errno.None;
                return false;
            }

            offset += count;
            into = into[(int)count..];
        }

        return true;
    }

    public void Dispose() => _ = Libc.Close(descriptor);
}

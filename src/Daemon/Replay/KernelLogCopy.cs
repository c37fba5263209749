using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Replay;

/// <summary>
/// Copies a kernel log, all that stands in it and what comes, record by record as <c>/dev/kmsg</c> gives them, for <c>forewarn replay --kmsg</c>. On a
/// thread of its own, since a read of the log waits for nobody's cancellation.
/// </summary>
internal sealed class KernelLogCopy : IDisposable
{
    /// <summary>How soon the end is noticed.</summary>
    private const int WaitMilliseconds = 250;

    private readonly IKernelLog _log;
    private readonly FileStream _file;
    private readonly ManualResetEvent _stop;
    private readonly Thread _thread;
    private byte[] _buffer = new byte[16 * 1024]; // with 8 KiB every record of today's kernels can be read (dev-kmsg)
    private long _records;
    private ulong? _last;

    private KernelLogCopy(IKernelLog log, FileStream file, ManualResetEvent stop)
    {
        (_log, _file, _stop) = (log, file, stop);
        _thread = new Thread(Run) { IsBackground = true, Name = "kernel log" };
        _thread.Start();
    }

    /// <summary>Records copied so far.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Why no more could be copied; null when all was. Known once it has ended.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Begins. Throws <see cref="IOException"/> where the log cannot be had, or where the file is there already: what it holds is not overwritten.</summary>
    public static KernelLogCopy Start(string log, string file)
    {
        var stop = new ManualResetEvent(initialState: false);
        IKernelLog? open = null;
        try
        {
            open = KernelLogDoor.Open(log, stop, out _, out var detail) ?? throw new IOException(detail);
            return new(open, new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read), stop);
        }
        catch
        {
            open?.Dispose();
            stop.Dispose();
            throw;
        }
    }

    /// <summary>Takes what is there still, and ends.</summary>
    public void End()
    {
        _stop.Set();
        _thread.Join();
    }

    public void Dispose()
    {
        End();
        _log.Dispose();
        _file.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            for (var isLast = false; !isLast;)
            {
                isLast = _stop.WaitOne(0);
                if (Copy() is not Errno.None and var failure) throw new IOException(KernelLogDoor.Why("the kernel log", failure).Detail);
                _file.Flush();
                if (!isLast) _log.Wait(WaitMilliseconds);
            }
        }
        catch (IOException trouble)
        {
            Trouble = trouble.Message;
        }
    }

    /// <summary>False of what was copied already: who shares the descriptor may have rewound it.</summary>
    private bool IsNew(ReadOnlySpan<byte> raw)
    {
        if (!_log.NumbersOnlyGrow || KernelRecord.TryParse(raw, out var record) != KernelLogFault.None) return true;
        if (record.Sequence <= _last) return false;
        _last = record.Sequence;
        return true;
    }

    /// <summary>All that stands there now; a gap is seen by the numbers of the records.</summary>
    private Errno Copy()
    {
        while (true)
        {
            var length = _log.Read(_buffer, out var error);
            if (length > 0)
            {
                if (!IsNew(_buffer.AsSpan(0, length))) continue;
                _file.Write(_buffer, 0, length);
                Interlocked.Increment(ref _records);
                continue;
            }

            switch (error)
            {
                case Errno.BrokenPipe or Errno.Interrupted:
                    break;
                case Errno.InvalidArgument when _buffer.Length < KernelLogReader.LongestRecord:
                    _buffer = new byte[_buffer.Length * 2];
                    break;
                case Errno.InvalidArgument: // it is passed over
                    break;
                case Errno.None or Errno.TryAgain:
                    return Errno.None;
                default:
                    return error;
            }
        }
    }
}

using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// A kernel log in a regular file, as a simulated node has it and as a saved one lies about: it grows, it may be replaced, and its end means
/// that there is nothing now. A line that is not ended yet waits for its rest.
/// </summary>
internal sealed class GrowingLog(string path, WaitHandle stop) : IKernelLog
{
    /// <summary>A record that is longer is passed over.</summary>
    private const int Longest = KernelLogReader.LongestRecord;

    private byte[] _held = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isPassingOver;
    private int _descriptor = -1;
    private FileIdentity _file;

    public int Generation { get; private set; }

    public bool NumbersOnlyGrow => false;

    public int Read(Span<byte> into, out Errno error)
    {
        while (true)
        {
            if (TryTake(into, out var length, out error)) return length;
            error = Fill(into.Length);
            if (error != Errno.None) return -1;
        }
    }

    /// <summary>No machine whose log is a file sleeps.</summary>
    public bool Rewind() => false;

    /// <summary>Nobody says when a file has grown.</summary>
    public void Wait(int milliseconds) => stop.WaitOne(milliseconds);

    public void Dispose()
    {
        if (_descriptor >= 0) _ = Libc.Close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>The next whole record, with the lines that belong to it: those begin with a blank.</summary>
    private bool TryTake(Span<byte> into, out int length, out Errno error)
    {
        (length, error) = (-1, Errno.None);
        while (true)
        {
            var held = _held.AsSpan(_start.._end);
            var line = held.IndexOf((byte)'\n');
            while (line >= 0 && line + 1 < held.Length && held[line + 1] == (byte)' ')
            {
                var next = held[(line + 1)..].IndexOf((byte)'\n');
                if (next < 0) return false;
                line += 1 + next;
            }

            if (line < 0)
            {
                if (_isPassingOver) (_start, _end) = (0, 0); // all of it is of the record that is passed over
                return false;
            }

            if (!_isPassingOver && line + 1 > into.Length)
            {
                error = Errno.InvalidArgument;
                if (into.Length >= Longest) _start += line + 1;
                return true;
            }

            _start += line + 1;
            if (_isPassingOver)
            {
                _isPassingOver = false;
                continue;
            }

            held[..(line + 1)].CopyTo(into);
            length = line + 1;
            return true;
        }
    }

    /// <summary>Reads on; TryAgain at the end of the file, InvalidArgument when a record is too long to be held.</summary>
    private Errno Fill(int room)
    {
        if (_descriptor < 0 && Open() is not Errno.None and var refused) return refused;
        if (_start > 0)
        {
            _held.AsSpan(_start.._end).CopyTo(_held);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _held.Length)
        {
            if (_held.Length >= Longest)
            {
                if (room < Longest) return Errno.InvalidArgument; // with more room it is asked for once more, and then passed over
                (_end, _isPassingOver) = (0, true);
                return Errno.InvalidArgument;
            }

            Array.Resize(ref _held, _held.Length * 2);
        }

        var error = ReadOn(out var isEnd);
        if (!isEnd || !IsReplaced()) return error;
        // What was written between the last read and the replacement.
        error = ReadOn(out isEnd);
        return isEnd ? Reopen() : error;
    }

    private Errno ReadOn(out bool isEnd)
    {
        var read = (int)Libc.Read(_descriptor, _held.AsSpan(_end));
        isEnd = read == 0;
        _end += Math.Max(read, 0);
        return read < 0 ? Libc.LastError : isEnd ? Errno.TryAgain : Errno.None;
    }

    private Errno Open()
    {
        var error = KernelLog.Open(path, out _descriptor);
        if (error == Errno.None) error = FileIdentity.TryRead(_descriptor, out _file);
        return error;
    }

    private bool IsReplaced() => FileIdentity.TryRead(path, out var now) == Errno.None && now != _file;

    /// <summary>What is held of a last line will never be ended.</summary>
    private Errno Reopen()
    {
        Dispose();
        (_start, _end, _isPassingOver) = (0, 0, false);
        Generation++;
        return Open();
    }
}

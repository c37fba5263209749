using System.Globalization;
using System.Text;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>
/// A double of the kernel's ring: it holds so many records and overwrites the oldest; read(2) gives one record a call, EINVAL below 8 KiB, EPIPE
/// when what was to be read next is gone.
/// </summary>
internal sealed class KernelRing(int capacity) : IKernelLog
{
    private const int LeastBuffer = 8 * 1024;

    private readonly string[] _texts = new string[capacity];
    private ulong _written;
    private ulong _next;

    public int Generation => 0;

    public bool NumbersOnlyGrow => true;

    /// <summary>The texts that came out, in their order.</summary>
    public Dictionary<string, int> Readable { get; } = [];

    public long Lost { get; private set; }

    public void Write(string text) => _texts[_written++ % (ulong)capacity] = text;

    public int Read(Span<byte> into, out Errno error)
    {
        error = Errno.None;
        if (_next == _written) error = Errno.TryAgain;
        else if (_written - _next > (ulong)capacity) error = Errno.BrokenPipe;
        else if (into.Length < LeastBuffer) error = Errno.InvalidArgument;
        if (error == Errno.BrokenPipe)
        {
            var oldest = _written - (ulong)capacity;
            Lost += (long)(oldest - _next);
            _next = oldest;
        }

        if (error != Errno.None) return -1;
        var text = _texts[_next % (ulong)capacity];
        Readable[text] = Readable.GetValueOrDefault(text) + 1;
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"3,{_next},{_next++ * 10},-;{text}\n"), into);
    }

    public bool Rewind() => false;

    public void Wait(int milliseconds)
    {
        // The test moves the clock.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

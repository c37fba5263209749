using System.IO.Pipes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Tests.Sampling;

/// <summary>A real pipe: the probe's end as it is in a probe, the agent's end for the test to read or to leave full.</summary>
internal sealed class PipePair : IDisposable
{
    private readonly AnonymousPipeServerStream _write = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _read;
    private readonly byte[] _buffer = new byte[1 << 20];

    public PipePair()
    {
        _read = new AnonymousPipeClientStream(PipeDirection.In, _write.ClientSafePipeHandle);
        Assert.NotEqual(-1, Libc.SetNonBlocking(Descriptor));
        Assert.NotEqual(-1, Libc.SetNonBlocking((int)_read.SafePipeHandle.DangerousGetHandle()));
        Output = new FrameOutput(Descriptor);
        Batch = new FrameBatch(Output);
    }

    public FrameOutput Output { get; }

    public FrameBatch Batch { get; }

    private int Descriptor => (int)_write.SafePipeHandle.DangerousGetHandle();

    /// <summary>Everything that stands in the pipe now; never waits and allocates nothing.</summary>
    public ReadOnlySpan<byte> Drain()
    {
        var length = 0;
        while (Libc.Read((int)_read.SafePipeHandle.DangerousGetHandle(), _buffer.AsSpan(length)) is > 0 and var count) length += (int)count;
        return _buffer.AsSpan(0, length);
    }

    /// <summary>Writes until not one more byte goes in.</summary>
    public void Fill()
    {
        Span<byte> filler = stackalloc byte[1];
        while (Libc.Write(Descriptor, filler) > 0)
        {
            // A byte at a time: the last page is then full too.
        }
    }

    /// <summary>The agent is gone.</summary>
    public void CloseReader() => _read.Dispose();

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }
}

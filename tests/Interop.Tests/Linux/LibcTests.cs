using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class LibcTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    [Fact]
    public void A_descriptor_can_be_kept_and_pointed_elsewhere()
    {
        _root.With("kept", string.Empty).With("other", string.Empty);
        int first = Libc.Open(Path.Combine(_root.Path, "kept"), Libc.WriteOnly | Libc.CloseOnExec);
        int other = Libc.Open(Path.Combine(_root.Path, "other"), Libc.WriteOnly | Libc.CloseOnExec);

        int kept = Libc.Dup(first);
        Assert.Equal(first, Libc.Dup2(other, first));
        Assert.Equal(5, Libc.Write(kept, "frame"u8));
        Assert.Equal(4, Libc.Write(first, "text"u8));
        Assert.All([first, other, kept], descriptor => Assert.Equal(0, Libc.Close(descriptor)));

        Assert.Equal("frame", File.ReadAllText(Path.Combine(_root.Path, "kept")));
        Assert.Equal("text", File.ReadAllText(Path.Combine(_root.Path, "other")));
        Assert.Equal(-1, Libc.Close(-1)); // never one that was closed before: another test's file may have its number by now
        Assert.Equal(Errno.BadDescriptor, Libc.LastError);
    }

    [Fact]
    public void A_full_pipe_refuses_instead_of_waiting()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        int pipe = (int)reader.ClientSafePipeHandle.DangerousGetHandle();
        int flags = Libc.Fcntl(pipe, Libc.GetStatusFlags, 0);
        Assert.Equal(0, Libc.Fcntl(pipe, Libc.SetStatusFlags, flags | Libc.NonBlocking));
        Assert.NotEqual(0, Libc.Fcntl(pipe, Libc.GetStatusFlags, 0) & Libc.NonBlocking);

        byte[] block = new byte[4096];
        nint written = block.Length;
        for (int i = 0; i < 1024 && written == block.Length; i++) written = Libc.Write(pipe, block);

        Assert.Equal(-1, written);
        Assert.Equal(Errno.TryAgain, Libc.LastError);
    }

    [Fact]
    public void A_folder_can_be_written_to_the_disk_and_no_descriptor_cannot()
    {
        int folder = Libc.Open(_root.Path, Libc.ReadOnly | Libc.CloseOnExec);
        Assert.Equal(0, Libc.Fsync(folder));
        Assert.Equal(0, Libc.Close(folder));
        Assert.Equal(-1, Libc.Fsync(-1));
        Assert.Equal(Errno.BadDescriptor, Libc.LastError);
    }

    [Fact]
    public void Poll_tells_data_silence_and_the_end()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        int writer = (int)reader.ClientSafePipeHandle.DangerousGetHandle();
        PollDescriptor[] wait = [new() { Descriptor = (int)reader.SafePipeHandle.DangerousGetHandle(), Events = Libc.PollIn }];

        Assert.Equal(0, Libc.Poll(wait, 0));
        Assert.Equal(1, Libc.Write(writer, "x"u8));
        Assert.Equal(1, Libc.Poll(wait, 0));
        Assert.Equal(Libc.PollIn, wait[0].Returned);
        Assert.Equal('x', reader.ReadByte());
        reader.DisposeLocalCopyOfClientHandle();
        Assert.Equal(1, Libc.Poll(wait, 0));
        Assert.Equal(Libc.PollHangUp, wait[0].Returned);
    }

    [Fact]
    public void A_process_is_signalled_by_number()
    {
        using Process child = Process.Start("sleep", "60");
        Assert.Equal(0, Libc.Kill(child.Id, 0));
        Assert.Equal(0, Libc.Kill(child.Id, Libc.SignalKill));
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.Equal(128 + Libc.SignalKill, child.ExitCode);

        Assert.Equal(-1, Libc.Kill(int.MaxValue, 0)); // above the kernel's largest pid, 2^22
        Assert.Equal(Errno.NoProcess, Libc.LastError);
    }

    [Fact]
    public void A_device_node_says_why_it_does_not_open()
    {
        Assert.Equal(Errno.None, DeviceNode.TryOpen("/dev/null"));
        Assert.Equal(Errno.NoEntry, DeviceNode.TryOpen(Path.Combine(_root.Path, "nvidiactl")));

        // open(2): a socket's file gives ENXIO, as does a node whose driver is not loaded.
        string path = Path.Combine(_root.Path, "socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.Equal(Errno.NoDeviceOrAddress, DeviceNode.TryOpen(path));
    }

    public void Dispose() => _root.Dispose();
}

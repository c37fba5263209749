using System.Buffers;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes.Frames;

public class FrameReaderTests
{
    private static readonly byte[] Xid = FrameBytes.Of(FrameType.Event, new EventFrame(3, HealthEventKind.DriverError, 79, 1, "Xid 79").Write);
    private static readonly byte[] Sweep = FrameBytes.Of(FrameType.SweepEnd, new SweepEndFrame(SampleGroup.Fast, 1, 2, 0, 4, 5).Write);

    [Fact]
    public void Frames_come_out_whole_and_in_order()
    {
        var (frames, refused, kept) = FrameBytes.Read(Xid, Sweep, Xid);
        Assert.Equal([FrameType.Event, FrameType.SweepEnd, FrameType.Event], frames.Select(frame => frame.Type));
        Assert.Equal(FrameBytes.Payload(Sweep), frames[1].Payload);
        Assert.Equal((0, 0), (refused, kept));
    }

    [Fact]
    public void A_frame_of_which_a_part_is_missing_waits_for_the_rest()
        => Assert.All(Enumerable.Range(0, Xid.Length), length =>
        {
            var (frames, refused, kept) = FrameBytes.Read(Xid[..length]);
            Assert.Empty(frames);
            Assert.Equal((0, length), (refused, kept));
        });

    [Fact]
    public void The_smallest_and_the_largest_frame_are_read()
    {
        var (frames, refused, _) = FrameBytes.Read(FrameBytes.Sized(16), FrameBytes.Sized(4096));
        Assert.Equal([0, 4080], frames.Select(frame => frame.Payload.Length));
        Assert.Equal(0, refused);
    }

    [Fact]
    public void A_frame_that_lies_in_many_buffers_is_read()
    {
        var (frames, _, _) = FrameBytes.Read(Scattered(FrameBytes.Join(Xid, Sweep)));
        Assert.Equal([FrameType.Event, FrameType.SweepEnd], frames.Select(frame => frame.Type));
    }

    [Fact]
    public void Every_flip_of_a_single_bit_costs_that_frame_and_no_other()
        => Assert.All(Enumerable.Range(0, Xid.Length * 8), bit =>
        {
            var broken = (byte[])Xid.Clone();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            // Behind it so much that even a length that claims a whole frame of 4,096 bytes has come to its end.
            var (frames, refused, _) = FrameBytes.Read(broken, Sweep, FrameBytes.Sized(4096), FrameBytes.Sized(16));
            Assert.Equal([FrameType.SweepEnd, FrameType.Event, FrameType.Event], frames.Select(frame => frame.Type));
            Assert.InRange(refused, 1, 20);
        });

    [Fact]
    public void A_header_that_lies_about_its_length_holds_the_stream_up_by_one_frame_at_most()
    {
        var liar = FrameBytes.Sized(16);
        liar[6] = 0xF0; // 4,080: the most that is possible
        liar[7] = 0x0F;
        var sweeps = Enumerable.Repeat(Sweep, (4096 / Sweep.Length) + 1).ToArray();
        var (frames, _, kept) = FrameBytes.Read([liar, .. sweeps]);
        Assert.Equal(sweeps.Length, frames.Count);
        Assert.Equal(0, kept);
    }

    [Fact]
    public void A_length_that_no_frame_can_have_is_passed_over_at_once()
    {
        var liar = FrameBytes.Sized(16);
        liar[6] = 0xF1; // 4,081
        liar[7] = 0x0F;
        var (frames, _, _) = FrameBytes.Read(liar, Xid);
        Assert.Equal([FrameType.Event], frames.Select(frame => frame.Type));
    }

    [Fact]
    public void Frames_of_another_generation_are_refused_whole()
    {
        var (frames, refused, _) = FrameBytes.Read(FrameBytes.Sized(64, generation: 6), Xid, FrameBytes.Sized(64, generation: 8));
        Assert.Equal([FrameType.Event], frames.Select(frame => frame.Type));
        Assert.Equal(2, refused);
    }

    [Fact]
    public void Frames_of_another_version_are_refused()
    {
        var newer = SealedAsVersion(2);
        var (frames, refused, kept) = FrameBytes.Read(newer, Xid);
        Assert.Equal([FrameType.Event], frames.Select(frame => frame.Type));
        Assert.Equal((1, 0), (refused, kept));
    }

    [Fact]
    public void Text_that_a_library_printed_between_frames_costs_none_of_them()
    {
        var said = "Failed to open the FWN1 device: FWN1\nFFFF"u8.ToArray();
        var (frames, refused, _) = FrameBytes.Read(Xid, said, Sweep, said, Xid, said, FrameBytes.Sized(4096));
        Assert.Equal([FrameType.Event, FrameType.SweepEnd, FrameType.Event, FrameType.Event], frames.Select(frame => frame.Type));
        Assert.True(refused > 0);
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_stop_the_frames_behind_them()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 2000; round++)
        {
            var noise = new byte[random.Next(0, 5000)];
            random.NextBytes(noise);
            // A magic number in the noise is what makes it dangerous.
            for (var magic = random.Next(0, 4); magic > 0 && noise.Length > 16; magic--) "FWN1\u0001"u8.CopyTo(noise.AsSpan(random.Next(0, noise.Length - 8)));
            var (frames, _, _) = FrameBytes.Read(noise, Xid, Sweep, FrameBytes.Sized(4096), FrameBytes.Sized(4096));
            Assert.Equal([FrameType.Event, FrameType.SweepEnd, FrameType.Event, FrameType.Event], frames.TakeLast(4).Select(frame => frame.Type));
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_a_reader_stands()
    {
        var bytes = new ReadOnlySequence<byte>(FrameBytes.Join(Xid, "noise"u8.ToArray(), Sweep));
        var reader = new FrameReader(FrameBytes.Generation);
        ReadThrough(reader, bytes);
        Assert.Equal(0, Allocated.By(() => ReadThrough(reader, bytes)));
    }

    private static void ReadThrough(FrameReader reader, ReadOnlySequence<byte> bytes)
    {
        while (reader.TryRead(ref bytes) != FrameOutcome.Incomplete)
        {
            // To the end.
        }
    }

    private static byte[] SealedAsVersion(byte version)
    {
        // A header of a later version that is intact in every other way.
        var frame = FrameBytes.Sized(16);
        frame[4] = version;
        BitConverter.TryWriteBytes(frame.AsSpan(12), FrameHeader.Checksum(frame));
        return frame;
    }

    private static ReadOnlySequence<byte> Scattered(byte[] bytes)
    {
        var first = new Piece(bytes.AsMemory(0, 1), 0);
        var last = first;
        for (var at = 1; at < bytes.Length; at++) last = last.Append(bytes.AsMemory(at, 1));
        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

using System.Buffers;
using Forewarn.Daemon.Probes.Frames;

namespace Forewarn.Daemon.Tests.Probes.Frames;

/// <summary>Makes frames and takes byte streams apart as the agent does.</summary>
internal static class FrameBytes
{
    public const uint Generation = 7;

    public static byte[] Of(FrameType type, Action<FrameBuilder> write, uint generation = Generation)
    {
        var builder = new FrameBuilder(generation);
        write(builder);
        return builder.Seal(type).ToArray();
    }

    /// <summary>A frame that is as large as this, with a payload of zeroes.</summary>
    public static byte[] Sized(int length, FrameType type = FrameType.Event, uint generation = Generation)
    {
        var frame = new byte[length];
        FrameHeader.Seal(frame, type, generation);
        return frame;
    }

    public static byte[] Payload(byte[] frame) => frame[FrameHeader.Size..];

    /// <summary>Every frame that a reader takes out of the bytes, how many refusals it told of, and how many bytes it keeps for later.</summary>
    public static (List<(FrameType Type, byte[] Payload)> Frames, int Refused, long Kept) Read(ReadOnlySequence<byte> bytes, uint generation = Generation)
    {
        var reader = new FrameReader(generation);
        var frames = new List<(FrameType, byte[])>();
        var refused = 0;
        while (true)
        {
            switch (reader.TryRead(ref bytes))
            {
                case FrameOutcome.Read:
                    frames.Add((reader.Type, reader.Payload.ToArray()));
                    break;
                case FrameOutcome.Refused:
                    refused++;
                    break;
                default:
                    return (frames, refused, bytes.Length);
            }
        }
    }

    public static (List<(FrameType Type, byte[] Payload)> Frames, int Refused, long Kept) Read(params byte[][] parts)
        => Read(new ReadOnlySequence<byte>(Join(parts)));

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}

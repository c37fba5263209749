using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>What a lane says after it went through its devices; also its sign of life.</summary>
/// <param name="Group">Which lane.</param>
/// <param name="Ticks">Wall clock at its end, UTC ticks.</param>
/// <param name="Nanoseconds">Duration of the sweep.</param>
/// <param name="Skipped">Sweeps left out since the last such frame because the pipe was full.</param>
/// <param name="AllocatedBytes">Managed bytes that the probe allocated since its start.</param>
/// <param name="Collections">Garbage collections of the probe since its start.</param>
internal readonly record struct SweepEndFrame(
    SampleGroup Group, long Ticks, long Nanoseconds, uint Skipped, long AllocatedBytes, int Collections)
{
    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.Byte((byte)Group).Int64(Ticks).Int64(Nanoseconds).UInt32(Skipped).Int64(AllocatedBytes).Int32(Collections);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, out SweepEndFrame frame)
    {
        var reader = new PayloadReader(payload);
        frame = new SweepEndFrame((SampleGroup)reader.Byte(), reader.Int64(), reader.Int64(), reader.UInt32(), reader.Int64(), reader.Int32());
        return !reader.IsBroken && frame.Group <= SampleGroup.Slow && frame.Ticks is >= 0 and <= MaxTicks && frame.Nanoseconds >= 0;
    }

    private const long MaxTicks = 3155378975999999999; // DateTime.MaxValue
}

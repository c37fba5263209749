using Forewarn.Daemon.Probes.Frames;

namespace Forewarn.Daemon.Probes;

/// <summary>Takes the frames of one probe, on that probe's pump thread.</summary>
internal interface IFrameSink
{
    void Take(FrameType type, ReadOnlySpan<byte> payload);

    /// <summary>Bytes were no frame of this probe's generation.</summary>
    void Refuse();

    /// <summary>All that has arrived was handed on; the next call may be a long time off.</summary>
    void Rest();
}

using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Writes the processes that hold one device. What exceeds a frame is counted and left out, never silently.</summary>
internal sealed class ProcessFrame(FrameBuilder builder, FrameOutput output)
{
    /// <summary>As many as are listed; a card that more than so many processes share is no training node's.</summary>
    public const int Most = 256;

    private int _absenceAt;
    private int _totalAt;
    private ushort _total;
    private ushort _listed;

    public void Begin(ushort ordinal, DateTimeOffset time)
    {
        builder.Begin();
        builder.UInt16(ordinal);
        _absenceAt = builder.Position;
        builder.UInt16((ushort)NoDataReason.None).Int64(time.UtcTicks);
        _totalAt = builder.Position;
        builder.UInt16(0).UInt16(0);
        (_total, _listed) = (0, 0);
    }

    /// <summary>One process; memory is −1 where the driver does not tell it.</summary>
    public void Add(DeviceProcess process)
    {
        if (_total < ushort.MaxValue) _total++;
        if (_listed == Most) return;
        builder.Int32(process.Pid).Int64(process.MemoryBytes).Byte((byte)process.Kind);
        _listed++;
    }

    /// <summary>So many that the driver knows of and did not list.</summary>
    public void Omitted(int processes) => _total = (ushort)Math.Min(_total + processes, ushort.MaxValue);

    /// <summary>The list could not be had; what was added before does not count.</summary>
    public void None(NoDataReason reason) => builder.Patch(_absenceAt, (ushort)reason);

    public bool TrySend()
    {
        builder.Patch(_totalAt, _total);
        builder.Patch(_totalAt + sizeof(ushort), _listed);
        return output.TryWrite(builder.Seal(FrameType.Processes));
    }
}

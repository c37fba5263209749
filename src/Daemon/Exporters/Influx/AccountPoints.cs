using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>How the time of one device was used; none before its utilisation was first read.</summary>
internal sealed class AccountPoints(DeviceTags tags)
{
    private readonly byte[] _measured = tags.Series(Measurements.DeviceMeasured);
    private readonly byte[] _busy = tags.Series(Measurements.DeviceBusy);
    private readonly byte[] _idle = tags.Series(Measurements.DeviceIdle);
    private readonly byte[] _idleHeld = tags.Series(Measurements.DeviceIdleHeld);

    public void Write(DeviceAccount account, PointWriter points, DateTimeOffset now)
    {
        if (!account.HasBegun) return;
        var total = account.History.Total;
        points.Value(_measured, total.Measured, now);
        points.Value(_busy, total.Busy, now);
        points.Value(_idle, total.Idle, now);
        points.Value(_idleHeld, total.IdleHeld, now);
    }
}

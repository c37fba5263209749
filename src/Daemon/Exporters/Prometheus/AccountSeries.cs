using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>How the time of one device was used; none before its utilisation was first read. They stay while a device is lost, as counters do.</summary>
internal sealed class AccountSeries(DeviceLabels labels)
{
    private readonly byte[] _measured = labels.Series(SelfCatalog.DeviceMeasured.Name);
    private readonly byte[] _busy = labels.Series(SelfCatalog.DeviceBusy.Name);
    private readonly byte[] _idle = labels.Series(SelfCatalog.DeviceIdle.Name);
    private readonly byte[] _idleHeld = labels.Series(SelfCatalog.DeviceIdleHeld.Name);
    private UsageSums _total;
    private bool _hasBegun;

    public void Take(DeviceAccount account) => (_hasBegun, _total) = (account.HasBegun, account.History.Total);

    public void WriteMeasured(ref ExpositionWriter writer) => Write(ref writer, _measured, _total.Measured);

    public void WriteBusy(ref ExpositionWriter writer) => Write(ref writer, _busy, _total.Busy);

    public void WriteIdle(ref ExpositionWriter writer) => Write(ref writer, _idle, _total.Idle);

    public void WriteIdleHeld(ref ExpositionWriter writer) => Write(ref writer, _idleHeld, _total.IdleHeld);

    private void Write(ref ExpositionWriter writer, byte[] series, double seconds)
    {
        if (_hasBegun) writer.Sample(series, seconds);
    }
}

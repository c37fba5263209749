using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private static void WriteDevices(ref ExpositionWriter writer, ReadOnlySpan<DeviceSeries> devices)
    {
        writer.Begin(SelfCatalog.DeviceInfo.Header);
        foreach (var device in devices) writer.Sample(device.Info, 1L);
        writer.Begin(SelfCatalog.DeviceTraits.Header);
        foreach (var device in devices)
        {
            if (device.Traits is { } traits) writer.Sample(traits, 1L);
        }

        writer.Begin(SelfCatalog.DeviceUp.Header);
        foreach (var device in devices) device.Presence.WriteUp(ref writer);
        writer.Begin(SelfCatalog.DevicePresence.Header);
        foreach (var device in devices) device.Presence.WriteStates(ref writer);
        writer.Begin(SelfCatalog.DeviceLastSample.Header);
        foreach (var device in devices) device.Presence.WriteLastSample(ref writer);
        writer.Begin(SelfCatalog.DeviceCountersGeneration.Header);
        foreach (var device in devices) device.Presence.WriteGeneration(ref writer);
        writer.Begin(SelfCatalog.DeviceReadingsAbsent.Header);
        foreach (var device in devices) device.Readings.WriteAbsences(ref writer);
        writer.Begin(SelfCatalog.DeviceProcesses.Header);
        foreach (var device in devices) device.Workloads.WriteProcesses(ref writer);
        writer.Begin(SelfCatalog.DeviceWorkloadInfo.Header);
        foreach (var device in devices) device.Workloads.WriteInfo(ref writer);
        writer.Begin(SelfCatalog.DeviceWorkloadMemory.Header);
        foreach (var device in devices) device.Workloads.WriteMemory(ref writer);
        WriteAccounts(ref writer, devices);
    }

    private static void WriteAccounts(ref ExpositionWriter writer, ReadOnlySpan<DeviceSeries> devices)
    {
        writer.Begin(SelfCatalog.DeviceMeasured.Header);
        foreach (var device in devices) device.Account.WriteMeasured(ref writer);
        writer.Begin(SelfCatalog.DeviceBusy.Header);
        foreach (var device in devices) device.Account.WriteBusy(ref writer);
        writer.Begin(SelfCatalog.DeviceIdle.Header);
        foreach (var device in devices) device.Account.WriteIdle(ref writer);
        writer.Begin(SelfCatalog.DeviceIdleHeld.Header);
        foreach (var device in devices) device.Account.WriteIdleHeld(ref writer);
    }

    private static void WriteReadings(ref ExpositionWriter writer, ReadOnlySpan<DeviceSeries> devices)
    {
        foreach (var (header, last) in ReadingFamilies)
        {
            writer.Begin(header);
            foreach (var device in devices) device.Readings.WriteThrough(last, ref writer);
        }
    }

    // Sources of one maker share a family, which must stand in one piece.
    private void WriteDriverErrors(ref ExpositionWriter writer, ReadOnlySpan<DeviceSeries> devices)
    {
        foreach (var device in devices)
        {
            var family = device.DriverErrors.Metric.Family;
            if (!IsKnown(family)) _driverErrors = _driverErrors.Add((family, FamilyHeader.Of(family)));
        }

        foreach (var (family, header) in _driverErrors)
        {
            writer.Begin(header);
            foreach (var device in devices)
            {
                if (device.DriverErrors.Metric.Family.Name == family.Name) device.DriverErrors.Write(device.View, ref writer);
            }
        }
    }

    private bool IsKnown(MetricFamily family)
    {
        foreach (var (known, _) in _driverErrors)
        {
            if (known.Name == family.Name) return true;
        }

        return false;
    }
}

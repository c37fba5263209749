using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private static readonly ImmutableArray<FamilyWriter<DeviceSeries>> DeviceFamilies =
    [
        new(SelfCatalog.DeviceInfo, static (device, ref writer) => writer.Sample(device.Info, 1L)),
        new(SelfCatalog.DeviceTraits, static (device, ref writer) => device.WriteTraits(ref writer)),
        new(SelfCatalog.DeviceUp, static (device, ref writer) => device.Presence.WriteUp(ref writer)),
        new(SelfCatalog.DevicePresence, static (device, ref writer) => device.Presence.WriteStates(ref writer)),
        new(SelfCatalog.DeviceLastSample, static (device, ref writer) => device.Presence.WriteLastSample(ref writer)),
        new(SelfCatalog.DeviceCountersGeneration, static (device, ref writer) => device.Presence.WriteGeneration(ref writer)),
        new(SelfCatalog.DeviceReadingsAbsent, static (device, ref writer) => device.Readings.WriteAbsences(ref writer)),
        new(SelfCatalog.DeviceProcesses, static (device, ref writer) => device.Workloads.WriteProcesses(ref writer)),
        new(SelfCatalog.DeviceWorkloadInfo, static (device, ref writer) => device.Workloads.WriteInfo(ref writer)),
        new(SelfCatalog.DeviceWorkloadMemory, static (device, ref writer) => device.Workloads.WriteMemory(ref writer)),
        new(SelfCatalog.DeviceMeasured, static (device, ref writer) => device.Account.WriteMeasured(ref writer)),
        new(SelfCatalog.DeviceBusy, static (device, ref writer) => device.Account.WriteBusy(ref writer)),
        new(SelfCatalog.DeviceIdle, static (device, ref writer) => device.Account.WriteIdle(ref writer)),
        new(SelfCatalog.DeviceIdleHeld, static (device, ref writer) => device.Account.WriteIdleHeld(ref writer)),
    ];

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

namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Memory()
    {
        var memory = new MetricFamily("forewarn_device_memory_bytes", SignalKind.Gauge, SignalUnit.Bytes,
            "Device memory by state; used, free and reserved add up to the whole.");
        var bar1 = new MetricFamily("forewarn_device_bar1_bytes", SignalKind.Gauge, SignalUnit.Bytes,
            "PCIe window through which others reach the device memory, by state.");
        return
        [
            Row(SignalId.MemoryUsed, memory, SampleGroup.Fast, "state", "used"),
            Row(SignalId.MemoryFree, memory, SampleGroup.Fast, "state", "free"),
            Row(SignalId.MemoryReserved, memory, SampleGroup.Fast, "state", "reserved"),
            Row(SignalId.Bar1Used, bar1, SampleGroup.Slow, "state", "used"),
            Row(SignalId.Bar1Free, bar1, SampleGroup.Slow, "state", "free"),
        ];
    }

    private static Signal[] Modes()
    {
        var mig = new MetricFamily("forewarn_device_mig_enabled", SignalKind.State, SignalUnit.None, "1 while the card is partitioned (MIG mode).");
        var persistence = new MetricFamily("forewarn_device_persistence_enabled", SignalKind.State, SignalUnit.None,
            "1 while the driver keeps an idle card initialised.");
        return
        [
            Row(SignalId.MigEnabled, mig, SampleGroup.Slow),
            Row(SignalId.PersistenceEnabled, persistence, SampleGroup.Slow),
        ];
    }
}

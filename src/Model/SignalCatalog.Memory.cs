namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Memory()
    {
        var memory = new MetricFamily("forewarn_device_memory_bytes", SignalKind.Gauge, SignalUnit.Bytes,
            "Device memory by state; used, free and reserved add up to the whole.");
        var bar1 = new MetricFamily("forewarn_device_bar1_bytes", SignalKind.Gauge, SignalUnit.Bytes,
            "PCIe window through which others reach the device memory, by state.");
        var protectedMemory = new MetricFamily("forewarn_device_memory_protected_bytes", SignalKind.Gauge, SignalUnit.Bytes,
            "Device memory that only a confidential virtual machine can read, by state.");
        return
        [
            Row(SignalId.MemoryUsed, memory, SampleGroup.Fast, "state", "used"),
            Row(SignalId.MemoryFree, memory, SampleGroup.Fast, "state", "free"),
            Row(SignalId.MemoryReserved, memory, SampleGroup.Fast, "state", "reserved"),
            Row(SignalId.Bar1Used, bar1, SampleGroup.Slow, "state", "used"),
            Row(SignalId.Bar1Free, bar1, SampleGroup.Slow, "state", "free"),
            Row(SignalId.ProtectedMemoryUsed, protectedMemory, SampleGroup.Slow, "state", "used"),
            Row(SignalId.ProtectedMemoryFree, protectedMemory, SampleGroup.Slow, "state", "free"),
        ];
    }

    private static Signal[] Modes()
    {
        var mig = new MetricFamily("forewarn_device_mig_enabled", SignalKind.State, SignalUnit.None, "1 while the card is partitioned (MIG mode).");
        var persistence = new MetricFamily("forewarn_device_persistence_enabled", SignalKind.State, SignalUnit.None,
            "1 while the driver keeps an idle card initialised.");
        var accounting = new MetricFamily("forewarn_device_accounting_enabled", SignalKind.State, SignalUnit.None,
            "1 while the driver keeps account of what each process used.");
        var gsp = new MetricFamily("forewarn_device_gsp_enabled", SignalKind.State, SignalUnit.None,
            "1 while the driver's work is done by the card's own processor (GSP firmware).");
        var compute = new MetricFamily("forewarn_device_compute_mode", SignalKind.State, SignalUnit.None,
            "Who may compute: 0 everyone, 1 one thread, 2 nobody, 3 one process.");
        var encrypted = new MetricFamily("forewarn_device_memory_encrypted", SignalKind.State, SignalUnit.None,
            "1 while device memory is encrypted.");
        var ready = new MetricFamily("forewarn_device_confidential_ready", SignalKind.State, SignalUnit.None,
            "1 once the device takes work under confidential computing, 0 until somebody who checked its attestation lets it; absent while that is off.");
        var draining = new MetricFamily("forewarn_device_draining", SignalKind.State, SignalUnit.None,
            "1 while the driver lets no new program use the device (drain state), as before it is taken out of service.");
        return
        [
            Row(SignalId.MigEnabled, mig, SampleGroup.Slow),
            Row(SignalId.PersistenceEnabled, persistence, SampleGroup.Slow),
            Row(SignalId.AccountingEnabled, accounting, SampleGroup.Slow),
            Row(SignalId.GspEnabled, gsp, SampleGroup.Slow),
            Row(SignalId.ComputeMode, compute, SampleGroup.Slow),
            Row(SignalId.MemoryEncrypted, encrypted, SampleGroup.Slow),
            Row(SignalId.ConfidentialReady, ready, SampleGroup.Slow),
            Row(SignalId.Draining, draining, SampleGroup.Slow),
        ];
    }
}

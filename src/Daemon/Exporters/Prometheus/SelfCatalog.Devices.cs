using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    private static readonly SelfLabel Workload = new("workload", "number from 0 on, for joining; it means nothing from one scrape to the next");

    public static SelfFamily DeviceInfo { get; } = new("forewarn_device_info", FamilyType.Info, SignalUnit.None,
        "Who and where a device is; a label is empty where that is unknown.",
        new("name", "product"), new("serial", "of the board"), new("part_number", "of the board"),
        new("pci_address", "in the kernel's form, `0000:18:00.0`"), new("slot", "on the baseboard, as the maker counts"),
        new("minor", "N of the device node"), new("firmware", "version of the firmware image"),
        new("configuration_image", "version of the configuration image"), new("numa_node", "of its slot"),
        new("parent", "uuid of the card that it is a part of (MIG)"), new("profile", "size of the part, `1g.10gb`"),
        new("driver", "version of the kernel driver"), Simulated);

    public static SelfFamily DeviceTraits { get; } = new("forewarn_device_traits_info", FamilyType.Info, SignalUnit.None,
        "What else the maker tells of a device, each under a label of its own; what it does not tell is left out. NVIDIA: "
        + "architecture, compute_capability, gsp_firmware, inforom_oem, inforom_ecc, inforom_power, inforom_checksum (the same for cards that are "
        + "configured alike), driver_branch, multi_device_board, virtualization, memory_bus_bits, cores, own_numa_node, cpus, memory_nodes, fabric_cluster, "
        + "fabric_clique, chassis_serial, chassis_slot, tray, host, module, link_peers (PCI addresses at the other ends of its links), "
        + "confidential_computing, and where that is on its _environment, _development, _multi_device and _host; of a part: "
        + "multiprocessors, slices, compute_slices, copy_engines, decoders.");

    public static SelfFamily DeviceUp { get; } = new("forewarn_device_up", FamilyType.Gauge, SignalUnit.None,
        "1 while samples of the device flow.");

    public static SelfFamily DevicePresence { get; } = new("forewarn_device_presence", FamilyType.Gauge, SignalUnit.None,
        "Whether a device is there to be measured: exactly one of its states is 1.", new SelfLabel("state", AnyOf<DevicePresence>()));

    public static SelfFamily DeviceLastSample { get; } = new("forewarn_device_last_sample_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time of the device's newest sample; none before the first.");

    // Not "counter_generation": promtool takes the word for the type of the metric.
    public static SelfFamily DeviceCountersGeneration { get; } = new("forewarn_device_counters_generation", FamilyType.Gauge,
        SignalUnit.None, "Grows by one whenever a counter of the device was seen to fall (driver reload, card reset).");

    public static SelfFamily DeviceReadingsAbsent { get; } = new("forewarn_device_readings_absent", FamilyType.Gauge, SignalUnit.None,
        "Readings of the device that have no value now, by why; only reasons that occur.",
        new SelfLabel("reason", string.Join(", ", EnumLabels.Of<NoDataReason>().Skip(1).Select(value => $"`{value}`"))));

    public static SelfFamily DeviceProcesses { get; } = new("forewarn_device_processes", FamilyType.Gauge, SignalUnit.None,
        "Processes that hold the device; none where the driver does not list them.");

    public static SelfFamily DeviceWorkloadInfo { get; } = new("forewarn_device_workload_info", FamilyType.Info, SignalUnit.None,
        "To whom processes on the device belong, as their control group tells it; a label that does not apply is left out.",
        Workload, new("manager", AnyOf<WorkloadOrigin>()), new("job", "of Slurm"), new("step", "of Slurm: `0`, `batch`, `extern`, …"),
        new("namespace", "of the pod"), new("pod", "its name"), new("pod_uid", "its uid"), new("container", "its id"),
        new("unit", "of systemd, for a process of no scheduler"), new("user", "number of the processes' user"));

    public static SelfFamily DeviceWorkloadMemory { get; } = new("forewarn_device_workload_memory_bytes", FamilyType.Gauge, SignalUnit.Bytes,
        "Device memory that the processes of a workload hold; none where the driver does not tell it.", Workload);

    public static SelfFamily DeviceMeasured { get; } = new("forewarn_device_measured_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Time for which the utilisation is known, since the agent started; only this is idle or busy.");

    public static SelfFamily DeviceBusy { get; } = new("forewarn_device_busy_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Utilisation summed over the measured time: half busy for 10 s is 5.");

    public static SelfFamily DeviceIdle { get; } = new("forewarn_device_idle_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Measured time at a utilisation of 0.");

    public static SelfFamily DeviceIdleHeld { get; } = new("forewarn_device_idle_held_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Idle time in which somebody held device memory (128 MiB and more).");

    public static ImmutableArray<SelfFamily> Devices =>
    [
        DeviceInfo, DeviceTraits, DeviceUp, DevicePresence, DeviceLastSample, DeviceCountersGeneration, DeviceReadingsAbsent,
        DeviceProcesses, DeviceWorkloadInfo, DeviceWorkloadMemory,
        DeviceMeasured, DeviceBusy, DeviceIdle, DeviceIdleHeld, .. DeviceHealth,
    ];
}

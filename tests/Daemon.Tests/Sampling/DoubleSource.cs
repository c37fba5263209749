using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sampling;

/// <summary>A vendor library in memory: what it does is what the test says.</summary>
internal sealed class DoubleSource(params string[] places) : IDeviceSource
{
    public IReadOnlyList<CallGroup> CallGroups { get; } =
        [new("thermal", SampleGroup.Fast), new("power", SampleGroup.Fast), new("ecc", SampleGroup.Slow)];

    /// <summary>Called inside each read, with ordinal and call group.</summary>
    public Action<int, int> DuringRead { get; set; } = static (_, _) => { };

    /// <summary>Called inside every other vendor call, with its name.</summary>
    public Action<string> During { get; set; } = static _ => { };

    public HashSet<int> Lost { get; } = [];

    public HashSet<int> Unreachable { get; } = [];

    public HashSet<int> Refindable { get; } = [];

    public int Count { get; set; } = places.Length;

    /// <summary>Devices that say something else of themselves than the inventory has.</summary>
    public HashSet<int> Renamed { get; } = [];

    public bool DriverAlive { get; set; } = true;

    public SourceOpening Opening { get; set; } = new(NoDataReason.None, "", "12.1", "550.1");

    public Func<(EventWait, EventFrame?)> Events { get; set; } = static () => (EventWait.NotSupported, null);

    public IReadOnlyList<DeviceFrame> Inventory => [.. Enumerable.Range(0, places.Length).Select(Row)];

    public SourceOpening Open()
    {
        During("open");
        return Opening;
    }

    public IReadOnlyList<DeviceFrame> Discover(Func<string, bool> mayTouch, CallGuard guard)
        => [.. Inventory.Where(row => mayTouch(row.Device.PciAddress))];

    public void Read(int ordinal, int callGroup, SampleFrame into)
    {
        DuringRead(ordinal, callGroup);
        var signal = callGroup switch { 0 => SignalId.TemperatureGpu, 1 => SignalId.Power, _ => SignalId.EccCorrected };
        if (Lost.Contains(ordinal)) into.None(signal, NoDataReason.DeviceLost);
        else into.Value(signal, 40 + ordinal);
    }

    /// <summary>The processes on each device.</summary>
    public Dictionary<int, DeviceProcess[]> Processes { get; } = [];

    public void ReadProcesses(int ordinal, ProcessFrame into)
    {
        During($"processes {ordinal}");
        foreach (var process in Processes.GetValueOrDefault(ordinal, [])) into.Add(process);
    }

    /// <summary>Cards that were cut into other parts.</summary>
    public HashSet<int> Recut { get; } = [];

    public bool HavePartsChanged(int ordinal)
    {
        During($"parts {ordinal}");
        return Recut.Contains(ordinal);
    }

    public bool Refind(int ordinal)
    {
        During($"refind {ordinal}");
        return Refindable.Contains(ordinal);
    }

    public bool HasIdentityChanged(int ordinal)
    {
        During($"identity {ordinal}");
        return Renamed.Contains(ordinal);
    }

    public int CountDevices()
    {
        During("count");
        return Count;
    }

    public EventWait WaitForEvent(TimeSpan timeout, out EventFrame? announced)
    {
        During("events");
        (var wait, announced) = Events();
        return wait;
    }

    public bool IsDriverAlive()
    {
        During("alive");
        return DriverAlive;
    }

    public void Dispose()
    {
    }

    private DeviceFrame Row(int ordinal) => new(
        (ushort)ordinal,
        new Device { Vendor = new Vendor("double"), Id = new DeviceId($"card-{ordinal}"), PciAddress = places[ordinal] },
        Unreachable.Contains(ordinal) ? NoDataReason.DeviceLost : NoDataReason.None,
        "");
}

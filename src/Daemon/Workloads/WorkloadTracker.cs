using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>
/// Finds out to whom the processes on each device belong, on a thread of its own: reading /proc is quick, but no frame should wait for it. A
/// device that does not answer keeps its last workloads for as long as their processes live: whose job a lost card took down is worth knowing.
/// The processes are counted as the driver lists them, less those that were seen and have gone; one that cannot be seen holds the device no less.
/// </summary>
internal sealed class WorkloadTracker(string root, AttributionMeter meter, TimeSpan period) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ProcessOwners _owners = new(root, meter);
    private readonly WorkloadShares _shares = new();
    private readonly DeviceProcess[] _processes = new DeviceProcess[ProcessFrame.Most];
    private DeviceHolders[] _devices = [];
    private volatile bool _stopping;

    /// <summary>How often what is known is looked at again, whether or not a new list comes.</summary>
    public TimeSpan Period { get; set; } = period;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "workloads" }.Start();

    /// <summary>Takes a list; nothing is looked up on the caller's thread.</summary>
    public void Told(DeviceView device, ProcessList list, ReadOnlySpan<DeviceProcess> processes)
    {
        HoldersOf(device).Put(list, processes);
        _wake.Set();
    }

    /// <summary>The device is no more.</summary>
    public void Forget(DeviceView device)
    {
        lock (_gate) _devices = [.. _devices.Where(known => known.Device != device)];
    }

    /// <summary>Looks up everything that was told; allocates only for what is new.</summary>
    public void Resolve()
    {
        _owners.BeginRound();
        foreach (var device in Volatile.Read(ref _devices)) Resolve(device);
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
    }

    private void Run()
    {
        while (!_stopping)
        {
            Resolve();
            _wake.WaitOne(Period);
        }
    }

    private void Resolve(DeviceHolders holders)
    {
        var list = holders.CopyTo(_processes);
        _shares.Clear();
        var count = 0;
        for (var i = 0; i < list.Listed; i++)
        {
            var pid = _processes[i].Pid;
            if (IsListedBefore(pid, i)) continue;
            ref var sighting = ref holders.Sightings[i];
            if (_owners.Of(pid, ref sighting) is { } workload) _shares.Add(workload, _processes[i].MemoryBytes);
            if (sighting.Standing != Standing.Gone) count++;
        }

        var unlisted = list.Total - list.Listed;
        var device = holders.Device;
        device.Workloads = _shares.Taken(device.Workloads);
        if (device.Processes is not { } before || before.Count != count + unlisted || before.Unlisted != unlisted || before.Absence != list.Absence)
            device.Processes = new ProcessTally(count + unlisted, unlisted, list.Absence);
    }

    /// <summary>A process that computes and draws is told twice, each time with all of its memory.</summary>
    private bool IsListedBefore(int pid, int end)
    {
        for (var i = 0; i < end; i++)
        {
            if (_processes[i].Pid == pid) return true;
        }

        return false;
    }

    private DeviceHolders HoldersOf(DeviceView device)
    {
        foreach (var known in Volatile.Read(ref _devices))
        {
            if (known.Device == device) return known;
        }

        lock (_gate)
        {
            var added = new DeviceHolders(device);
            Volatile.Write(ref _devices, [.. _devices, added]);
            return added;
        }
    }
}

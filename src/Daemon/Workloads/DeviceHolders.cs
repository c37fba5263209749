using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>The last list of processes of one device: written by the thread that reads frames, read by the one that looks the owners up.</summary>
internal sealed class DeviceHolders(DeviceView device)
{
    private readonly Lock _gate = new();
    private readonly DeviceProcess[] _processes = new DeviceProcess[ProcessFrame.Most];
    private ProcessList _list;

    public DeviceView Device => device;

    public void Put(ProcessList list, ReadOnlySpan<DeviceProcess> processes)
    {
        lock (_gate)
        {
            _list = list;
            processes.CopyTo(_processes);
        }
    }

    public ProcessList CopyTo(Span<DeviceProcess> into)
    {
        lock (_gate)
        {
            _processes.AsSpan(0, _list.Listed).CopyTo(into);
            return _list;
        }
    }
}

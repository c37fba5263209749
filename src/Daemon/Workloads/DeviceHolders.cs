using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>The last list of processes of one device: written by the thread that reads frames, read by the one that looks the owners up.</summary>
internal sealed class DeviceHolders(DeviceView device)
{
    private readonly Lock _gate = new();
    private readonly DeviceProcess[] _processes = new DeviceProcess[ProcessFrame.Most];
    private readonly Sighting[] _sightings = new Sighting[ProcessFrame.Most];
    private ProcessList _list;
    private int _lists;
    private int _copied;

    public DeviceView Device => device;

    /// <summary>By place in the list that was copied last; for the reader alone.</summary>
    public Span<Sighting> Sightings => _sightings;

    /// <summary>
    /// A device that does not answer ends no job, though it be asked once more before anybody knows: who held it last stays known for as long as they
    /// live. A driver that refuses the list has nobody to show.
    /// </summary>
    public void Put(ProcessList list, ReadOnlySpan<DeviceProcess> processes)
    {
        lock (_gate)
        {
            if (list.Absence is not (NoDataReason.None or NoDataReason.NotSupported or NoDataReason.NoPermission or NoDataReason.SymbolMissing))
            {
                _list = _list with { Absence = list.Absence };
                return;
            }

            _list = list;
            _lists++;
            processes.CopyTo(_processes);
        }
    }

    /// <summary>A list that came since the last copy begins with no sightings.</summary>
    public ProcessList CopyTo(Span<DeviceProcess> into)
    {
        lock (_gate)
        {
            if (_copied != _lists) _sightings.AsSpan().Clear();
            _copied = _lists;
            _processes.AsSpan(0, _list.Listed).CopyTo(into);
            return _list;
        }
    }
}

using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Devices that no source ever listed and that the kernel log names: a card that was off the bus at boot, a switch of the fabric, a network adapter.
/// They are judged like any other, and shown while something is said of them. For the assessment's thread alone.
/// </summary>
internal sealed class LoggedDevices(NodeView view, Judge judge, TimeProvider time)
{
    // Own figure: cards, switches and ports of the largest node twice over; a log that names more is not to be believed.
    private const int Most = 128;

    private readonly SourceView _source = new("kernel", DriverErrorCatalog.Xid, time.GetUtcNow());
    private readonly Dictionary<DeviceHistory, DeviceView> _shown = [];
    private readonly HashSet<DeviceHistory> _touched = [];

    /// <summary>True of what this shows, which nobody measures.</summary>
    public bool IsOurs(DeviceView shown) => shown.Source == _source;

    /// <summary>One of them; null when it is none.</summary>
    public DeviceHistory? Find(DeviceId id) => judge.Node.Find(id) is { IsLogged: true } known ? known : null;

    /// <summary>Those of an earlier run of which something is still said, or that were named in this boot.</summary>
    public void Revive(StoredState stored)
    {
        var told = stored.Findings.Select(finding => finding.Device).ToHashSet();
        foreach (var id in stored.Memories.Keys.Select(key => new DeviceId(key)).Where(id => id.IsProvisional || (told.Contains(id) && id != DeviceId.Node)))
        {
            if (judge.Node.Revive(id) is not { } history) continue;
            if (told.Contains(id) || history.Events.Any(tally => tally.Latest.BootId == view.Node.BootId)) _touched.Add(history);
            else judge.Node.Forget(history);
        }
    }

    /// <summary>Takes what happened to one; false when it is too many.</summary>
    public bool Take(Device device, HealthEvent happened, DateTimeOffset now)
    {
        if (device.Partition is not null || (Find(device.Id) is null && judge.Node.Devices.Count >= Most)) return false;
        var history = judge.Node.Of(device);
        history.IsLogged = true;
        history.Take(happened, now);
        _touched.Add(history);
        return true;
    }

    /// <summary>A source has found it: it is a device like any other from now on.</summary>
    public void Found(DeviceHistory history)
    {
        history.IsLogged = false;
        _touched.Remove(history);
        if (_shown.Remove(history, out var before)) view.Remove(before);
    }

    /// <summary>Those to which something happened since this was last asked, and forgets that.</summary>
    public DeviceHistory[] Touched()
    {
        if (_touched.Count == 0) return [];
        var touched = _touched.Where(history => history.IsLogged).ToArray();
        _touched.Clear();
        return touched;
    }

    /// <summary>Shows what is judged of it, or nothing more.</summary>
    public void Show(DeviceHistory history)
    {
        var judged = judge.AssessmentOf(history.Device.Id);
        if (judged is null or { State: HealthState.Unknown })
        {
            if (_shown.Remove(history, out var before)) view.Remove(before);
            return;
        }

        if (!_shown.TryGetValue(history, out var shown))
        {
            shown = _shown[history] = view.Upsert(history.Device, _source);
            shown.Become(new(DevicePresence.Unknown, NoDataReason.NotSupported, "known from the kernel log alone; nothing reads it", time.GetUtcNow()));
        }

        shown.Rename(history.Device);
        shown.Assessment = judged;
    }
}

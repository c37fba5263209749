using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Daemon.Pipeline;

/// <summary>A device of the view and what is remembered of it, side by side.</summary>
internal sealed class JudgedDevice(DeviceView view, DeviceHistory history)
{
    private Device _device = view.Device;

    public DeviceView View => view;

    public DeviceHistory History { get; private set; } = history;

    /// <summary>When the rules were last asked about it, monotonic; 0 before the first time.</summary>
    public long AskedAt { get; set; }

    /// <summary>An event came that the rules have not been asked about.</summary>
    public bool IsTouched { get; set; }

    /// <summary>False when the view's device has told more of itself since, or who it is at all.</summary>
    public bool IsSame => ReferenceEquals(_device, view.Device);

    /// <summary>Takes the history that belongs to what the view's device is now.</summary>
    public void Follow(DeviceHistory history) => (_device, History) = (view.Device, history);

    /// <summary>Brings the presence over.</summary>
    public void FollowPresence(DateTimeOffset now)
    {
        var presence = view.Presence;
        History.Become(presence.Presence, presence.Reason, now);
    }
}

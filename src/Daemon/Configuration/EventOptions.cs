namespace Forewarn.Daemon.Configuration;

/// <summary>[Events]: the store of what happened.</summary>
internal sealed class EventOptions
{
    /// <summary>How long events are kept.</summary>
    public required TimeSpan Keep { get; init; }

    internal static EventOptions From(SettingValues values) => new() { Keep = values.Get(SettingCatalog.KeepEvents) };
}

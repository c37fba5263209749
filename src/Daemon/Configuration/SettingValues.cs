namespace Forewarn.Daemon.Configuration;

/// <summary>The value of every setting and where it came from; a later Set wins.</summary>
internal sealed class SettingValues
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "***";

    private readonly Dictionary<Setting, (object? Value, SettingOrigin Origin)> _values = [];

    /// <summary>The value in force.</summary>
    public T Get<T>(Setting<T> setting) => (T)Entry(setting).Value!;

    /// <summary>Where it was written.</summary>
    public SettingOrigin Origin(Setting setting) => Entry(setting).Origin;

    /// <summary>As the file would have it.</summary>
    public string Text(Setting setting) => setting.Format(Entry(setting).Value);

    /// <summary>The same for eyes: a secret that is set is three stars.</summary>
    public string Shown(Setting setting) => setting.IsSecret && Text(setting).Length > 0 ? Mask : Text(setting);

    internal void Set(Setting setting, object? value, SettingOrigin origin) => _values[setting] = (value, origin);

    private (object? Value, SettingOrigin Origin) Entry(Setting setting) =>
        _values.TryGetValue(setting, out var entry) ? entry : (setting.BoxedDefault(), SettingOrigin.Default);
}

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of one section, in the order of the documented file.</summary>
internal sealed record SettingSection(string Name, string Doc, IReadOnlyList<Setting> Settings);

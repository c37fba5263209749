namespace Forewarn.Daemon.Configuration;

/// <summary>The line at which a section begins, whether anything follows it or not.</summary>
internal sealed record IniHeading(SettingOrigin Origin, string Section);

namespace Forewarn.Daemon.Configuration;

/// <summary>One assignment; the line is the one on which it begins. Line 0 stands for an option of the command line.</summary>
internal sealed record IniEntry(SettingOrigin Origin, string Section, string Key, string Value);

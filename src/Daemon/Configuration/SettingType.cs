namespace Forewarn.Daemon.Configuration;

/// <summary>Reads a value; false when the text is not one.</summary>
internal delegate bool SettingParser<T>(string text, out T value);

/// <summary>How values of one kind are read, written and described.</summary>
internal sealed record SettingType<T>(string Allowed, SettingParser<T> TryParse, Func<T, string> Format);

using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Configuration;

/// <summary>The kinds of values that settings have.</summary>
internal static class SettingTypes
{
    /// <summary>yes/no, true/false, on/off, 1/0, in any case: what systemd takes.</summary>
    public static readonly SettingType<bool> Boolean = new("yes or no", TryBoolean, value => value ? "yes" : "no");

    /// <summary>A path from the root.</summary>
    public static readonly SettingType<string> AbsolutePath = new("an absolute path", TryAbsolutePath, Same);

    /// <summary>A path that fits sockaddr_un.sun_path, 108 bytes with its end (unix(7)).</summary>
    public static readonly SettingType<string> SocketPath = new(
        "an absolute path of at most 107 bytes",
        (string text, out string value) => TryAbsolutePath(text, out value) && Encoding.UTF8.GetByteCount(text) <= 107,
        Same);

    /// <summary>What dlopen takes: a bare file name is looked up, a relative path would depend on where we were started.</summary>
    public static readonly SettingType<string> Library = new(
        "a library's file name or absolute path",
        (string text, out string value) => (value = text).Length > 0 && (text[0] == '/' || !text.Contains('/')),
        Same);

    /// <summary>A host name, or any other name that is safe in a label and a file name; 253 is the longest of DNS (RFC 1035, 2.3.4).</summary>
    public static readonly SettingType<string> Name = new(
        "at most 253 letters, digits, '.', '-' or '_'",
        (string text, out string value) => (value = text).Length is > 0 and <= 253
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'),
        Same);

    /// <summary>"auto" or a count; a device's minor number has 8 bits in every driver that we know.</summary>
    public static readonly SettingType<int?> DeviceCount = new(
        "auto or a number from 0 to 255",
        TryDeviceCount,
        value => value?.ToString(CultureInfo.InvariantCulture) ?? "auto");

    /// <summary>Addresses apart by blanks or commas, or "none".</summary>
    public static readonly SettingType<IReadOnlyList<ListenAddress>> Listen = new(
        "a list of address:port such as *:9797, 127.0.0.1:9797 or [::1]:9797, or none",
        TryListen,
        value => value.Count == 0 ? "none" : string.Join(' ', value));

    /// <summary>How much is logged, in journald's words.</summary>
    public static readonly SettingType<LogLevel> Level = Choice(
        ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error));

    /// <summary>250ms, 1s, 10m, 2h, 1d within bounds.</summary>
    public static SettingType<TimeSpan> Duration(TimeSpan least, TimeSpan most) => new(
        $"between {DurationText.Format(least)} and {DurationText.Format(most)}",
        (string text, out TimeSpan value) => DurationText.TryParse(text, out value) && value >= least && value <= most,
        DurationText.Format);

    private static SettingType<T> Choice<T>(params (string Name, T Value)[] choices) => new(
        "one of " + string.Join(", ", choices.Select(choice => choice.Name)),
        (string text, out T value) =>
        {
            var index = Array.FindIndex(choices, choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase));
            value = choices[Math.Max(index, 0)].Value;
            return index >= 0;
        },
        value => choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Name);

    private static string Same(string value) => value;

    private static bool TryAbsolutePath(string text, out string value) => (value = text).StartsWith('/') && !text.Contains('\0');

    private static bool TryBoolean(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "yes" or "true" or "on" or "1";
        return value || text.ToLowerInvariant() is "no" or "false" or "off" or "0";
    }

    private static bool TryDeviceCount(string text, out int? value)
    {
        value = null;
        if (text == "auto")
        {
            return true;
        }

        if (!byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        value = count;
        return true;
    }

    private static bool TryListen(string text, out IReadOnlyList<ListenAddress> value)
    {
        value = [];
        if (text == "none")
        {
            return true;
        }

        var addresses = new List<ListenAddress>();
        foreach (var word in text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ListenAddress.TryParse(word, out var address))
            {
                return false;
            }

            addresses.Add(address);
        }

        value = addresses;
        return addresses.Count > 0;
    }
}

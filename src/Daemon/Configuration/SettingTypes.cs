using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Forewarn.Predict.Rules;
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

    /// <summary>The same, or nothing.</summary>
    public static readonly SettingType<string> OptionalName = new(
        $"{Name.Allowed}, or empty", (string text, out string value) => (value = text).Length == 0 || Name.TryParse(text, out value), Same);

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

    /// <summary>Any text; control characters would break a request.</summary>
    public static readonly SettingType<string> Text = new(
        "a text", (string text, out string value) => (value = text).Length > 0 && !text.Any(char.IsControl), Same);

    /// <summary>The same, or nothing.</summary>
    public static readonly SettingType<string> OptionalText = new(
        "a text, or empty", (string text, out string value) => !(value = text).Any(char.IsControl), Same);

    /// <summary>A path from the root, or nothing.</summary>
    public static readonly SettingType<string> OptionalPath = new(
        "an absolute path, or empty", (string text, out string value) => (value = text).Length == 0 || TryAbsolutePath(text, out value), Same);

    /// <summary>Paths from the root apart by blanks, none of them with ..; or nothing.</summary>
    public static readonly SettingType<ImmutableArray<string>> Paths = new(
        "absolute paths without .. apart by blanks, or empty", TryPaths, static value => string.Join(' ', value));

    /// <summary>A server's address. Without a user: names and passwords have settings of their own, which are not shown.</summary>
    public static readonly SettingType<Uri> HttpUrl = new(
        "a URL such as https://host:8086, without user, query and fragment",
        TryHttpUrl,
        value => value.GetLeftPart(UriPartial.Path).TrimEnd('/'));

    /// <summary>The same, or nothing.</summary>
    public static readonly SettingType<Uri?> OptionalHttpUrl = new(
        $"{HttpUrl.Allowed}, or empty",
        (string text, out Uri? value) =>
        {
            value = null;
            if (text.Length == 0) return true;
            var good = TryHttpUrl(text, out var url);
            value = url;
            return good;
        },
        value => value is null ? "" : HttpUrl.Format(value));

    /// <summary>A size: 0, or a number with K, M or G, which are powers of 1024 as in systemd.</summary>
    public static readonly SettingType<long> Bytes = new("0 or a size such as 64K, 256M or 2G, at most 1024G", TryBytes, FormatBytes);

    /// <summary>How much is logged, in journald's words.</summary>
    public static readonly SettingType<LogLevel> Level = Choice(
        ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error));

    /// <summary>What becomes of what a rule says.</summary>
    public static readonly SettingType<RuleMode> RuleMode = Choice(
        ("on", Predict.Rules.RuleMode.On), ("observe", Predict.Rules.RuleMode.Observe), ("off", Predict.Rules.RuleMode.Off));

    /// <summary>The same for all rules; default is each rule's own.</summary>
    public static readonly SettingType<RuleMode?> RuleModeForAll = Choice<RuleMode?>(
        ("default", null), ("on", Predict.Rules.RuleMode.On), ("observe", Predict.Rules.RuleMode.Observe), ("off", Predict.Rules.RuleMode.Off));

    /// <summary>A number within bounds, with a fraction or without.</summary>
    public static SettingType<double> Number(double least, double most) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && value >= least && value <= most,
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number within bounds.</summary>
    public static SettingType<int> Count(int least, int most) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>250ms, 1s, 10m, 2h, 1d within bounds.</summary>
    public static SettingType<TimeSpan> Duration(TimeSpan least, TimeSpan most) => new(
        $"between {DurationText.Format(least)} and {DurationText.Format(most)}",
        (string text, out TimeSpan value) => DurationText.TryParse(text, out value) && value >= least && value <= most,
        DurationText.Format);

    /// <summary>One of a few words.</summary>
    public static SettingType<T> Choice<T>(params (string Name, T Value)[] choices) => new(
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

    private static bool TryPaths(string text, out ImmutableArray<string> value)
    {
        value = [.. text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(static path => path.Length > 1 ? path.TrimEnd('/') : path)];
        return value.All(static path => TryAbsolutePath(path, out _) && !path.Split('/').Contains(".."));
    }

    private static bool TryBoolean(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "yes" or "true" or "on" or "1";
        return value || text.ToLowerInvariant() is "no" or "false" or "off" or "0";
    }

    private static bool TryHttpUrl(string text, out Uri value)
    {
        value = Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : new Uri("http://localhost");
        return url is not null && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
    }

    private static bool TryBytes(string text, out long value)
    {
        const string units = "KMG";
        var unit = text.Length > 0 ? units.IndexOf(text[^1]) + 1 : 0;
        var good = long.TryParse(unit > 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= 1L << (40 - (10 * unit));
        value = good ? value << (10 * unit) : 0;
        return good;
    }

    private static string FormatBytes(long value)
    {
        var unit = value == 0 ? 0 : Math.Min(long.TrailingZeroCount(value) / 10, 3);
        return string.Create(CultureInfo.InvariantCulture, $"{value >> (int)(10 * unit)}{(unit == 0 ? "" : "KMG"[(int)unit - 1].ToString())}");
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

namespace Forewarn.Daemon.Configuration;

/// <summary>What of a person's text may be repeated to eyes and to the journal, where a slip may have left a secret in it.</summary>
internal static class ShownText
{
    /// <summary>A line up to the end of its first word, and a sign that there was more: "Token …".</summary>
    public static string FirstWord(string line)
    {
        var end = line.AsSpan().IndexOfAny(" \t:=");
        if (end < 0) return line;
        return line[end] is ' ' or '\t' ? line[..end] + " …" : line[end] == '=' ? line[..(end + 1)] + "…" : line[..end] + "…";
    }

    /// <summary>A value without what stands before an @ (user and password of a URL) and behind the ? of a URL.</summary>
    public static string Value(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var user = Math.Max(value.LastIndexOf('@'), start);
        var shown = user > start ? value[..start] + SettingValues.Mask : value[..start];
        var rest = value[user..];
        var query = scheme < 0 ? -1 : rest.AsSpan().IndexOfAny("?&");
        return shown + (query < 0 ? rest : rest[..(query + 1)] + SettingValues.Mask);
    }
}

using System.Globalization;

namespace Forewarn.Daemon.Configuration;

/// <summary>Where a value was written: a file and line, a command line option, or nowhere.</summary>
internal sealed record SettingOrigin(string Source, int Line = 0)
{
    /// <summary>Nobody set it.</summary>
    public static readonly SettingOrigin Default = new("default");

    /// <inheritdoc/>
    public override string ToString() =>
        Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}");
}

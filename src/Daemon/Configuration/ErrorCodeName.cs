using System.Globalization;

namespace Forewarn.Daemon.Configuration;

/// <summary>The name of a section about one error code: <c>Xid.79</c>, <c>Sxid.12020</c>.</summary>
/// <param name="Kind">Xid or Sxid.</param>
/// <param name="Code">The number.</param>
internal readonly record struct ErrorCodeName(string Kind, int Code)
{
    /// <summary>Of the GPU driver. Codes of drivers to come may be named, too; none is near a thousand yet.</summary>
    public const string Xid = "Xid";

    /// <summary>Of the switch driver; all have five digits.</summary>
    public const string Sxid = "Sxid";

    /// <summary>What a code may be.</summary>
    public const string Allowed = "a section for an error code is [Xid.N] with N from 1 to 999, or [Sxid.N] with N from 10000 to 99999";

    /// <summary>True for a name that begins as these do, whether or not there is such a code.</summary>
    public static bool IsMeant(string section) => section is Xid or Sxid || section.StartsWith(Xid + ".", StringComparison.OrdinalIgnoreCase)
        || section.StartsWith(Sxid + ".", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it; one code has one spelling, so that no two sections are about the same.</summary>
    public static bool TryParse(string section, out ErrorCodeName name)
    {
        var dot = section.IndexOf('.');
        var kind = dot < 0 ? "" : section[..dot];
        _ = int.TryParse(section.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        name = new(kind, code);
        return kind switch { Xid => code is >= 1 and <= 999, Sxid => code is >= 10_000 and <= 99_999, _ => false } && name.ToString() == section;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}.{Code}");
}

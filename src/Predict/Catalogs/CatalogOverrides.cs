using System.Collections.Frozen;

namespace Forewarn.Predict.Catalogs;

/// <summary>The rows that the site changed. Its word is the last one: it outranks table, decoding and the driver's own advice.</summary>
public sealed class CatalogOverrides(IEnumerable<KeyValuePair<int, CatalogOverride>> xids, IEnumerable<KeyValuePair<int, CatalogOverride>> sxids)
{
    private readonly FrozenDictionary<int, CatalogOverride> _xids = xids.ToFrozenDictionary();
    private readonly FrozenDictionary<int, CatalogOverride> _sxids = sxids.ToFrozenDictionary();

    /// <summary>Nothing is changed.</summary>
    public static CatalogOverrides None { get; } = new([], []);

    /// <summary>Of an error of the driver; null when the site said nothing.</summary>
    public CatalogOverride? OfXid(long code) => Find(_xids, code);

    /// <summary>Of an error of a switch; null when the site said nothing.</summary>
    public CatalogOverride? OfSxid(long code) => Find(_sxids, code);

    private static CatalogOverride? Find(FrozenDictionary<int, CatalogOverride> rows, long code)
        => code is >= 0 and <= int.MaxValue && rows.TryGetValue((int)code, out var row) ? row : null;
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>Every public code of the NVIDIA driver. The table stands in the order and in the words of NVIDIA's own, to be compared with it.</summary>
public static partial class XidCatalog
{
    /// <summary>Where nearly all rows come from.</summary>
    public const string Workbook = "NVIDIA Xid catalogue (docs.nvidia.com/deploy/xid-errors, Analyzing Xid Errors), sheet XIDs; drain and severity are own readings";

    /// <summary>Of codes that the catalogue has not got yet. What is known of them is a name: they raise nothing above Watch.</summary>
    public const string Header = "open-gpu-kernel-modules 595.45.04, nverror.h: a name alone; not in NVIDIA's catalogue yet";

    /// <summary>All rows, by code.</summary>
    public static ImmutableArray<XidRow> All { get; } = Table();

    private static readonly FrozenDictionary<int, XidRow> ByCode = All.ToFrozenDictionary(row => row.Code);

    /// <summary>What is made of a code that the table has not got.</summary>
    public static Remedy Unknown => Remedy.Observe;

    /// <summary>Whether the driver errors of this device are Xids.</summary>
    public static bool Covers(Device device) => device.Vendor.Name == "nvidia";

    /// <summary>The row; null for a code that it has not got.</summary>
    public static XidRow? Find(long code) => code is >= 0 and <= int.MaxValue && ByCode.TryGetValue((int)code, out var row) ? row : null;

    /// <summary>For a person: <c>Xid 79, GPU has fallen off the bus</c>.</summary>
    public static string Label(long code)
        => string.Create(CultureInfo.InvariantCulture, $"Xid {code}, {Find(code)?.Meaning ?? "unknown code"}");
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// Every public code of the NVSwitch driver (Hopper and older; the links of Blackwell report as Xid 144–150). Blocks, names and letters are of
/// the driver's source (open-gpu-kernel-modules 595.45.04, lr10 and ls10), classes of NVIDIA's Fabric Manager guide.
/// </summary>
public static partial class SxidCatalog
{
    /// <summary>Where codes, blocks, names and letters come from.</summary>
    public const string Driver = "open-gpu-kernel-modules 595.45.04, NVSwitch driver (lr10, ls10); severity is an own reading of its letters";

    /// <summary>Where classes come from; the guide itself names no more of a code.</summary>
    public const string Guide = "NVIDIA Fabric Manager user guide, classes of SXids (as leptonai/gpud lists them); severity is an own reading of them";

    /// <summary>Of rows that both have.</summary>
    public const string DriverAndGuide = "open-gpu-kernel-modules 595.45.04, NVSwitch driver (lr10, ls10); class: NVIDIA Fabric Manager user guide (as leptonai/gpud lists it); "
        + "severity is an own reading of both";

    /// <summary>All rows, by code.</summary>
    public static ImmutableArray<SxidRow> All { get; } = Table();

    private static readonly FrozenDictionary<int, SxidRow> ByCode = All.ToFrozenDictionary(row => row.Code);

    /// <summary>The row; null for a code that it has not got.</summary>
    public static SxidRow? Find(long code) => code is >= 0 and <= int.MaxValue && ByCode.TryGetValue((int)code, out var row) ? row : null;

    /// <summary>For a person: <c>SXid 12020 (NPORT_EGRESS SEQIDERR)</c>.</summary>
    public static string Label(long code) => Find(code) switch
    {
        null => string.Create(CultureInfo.InvariantCulture, $"SXid {code} (unknown code)"),
        { Name: "" } row => string.Create(CultureInfo.InvariantCulture, $"SXid {code} ({row.Block})"),
        { } row => string.Create(CultureInfo.InvariantCulture, $"SXid {code} ({row.Block} {row.Name})"),
    };

    /// <summary>
    /// What follows. The printed word outranks the table: the driver prints what its own fatal mask says, and the guide calls some codes non-fatal
    /// that are printed as fatal. An unknown code that calls itself fatal is believed, too: the word is the driver's.
    /// </summary>
    public static Remedy Judge(long code, PrintedSeverity printed)
    {
        var row = Find(code);
        return printed switch
        {
            PrintedSeverity.Fatal => row is { Class: SxidClass.AlwaysFatal } ? Remedy.RebootNow : Remedy.ResetNow,
            PrintedSeverity.NonFatal => Remedy.Observe,
            PrintedSeverity.Corrected => Remedy.Note,
            _ => row?.Remedy ?? Remedy.Observe,
        };
    }
}

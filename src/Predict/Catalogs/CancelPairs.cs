using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>Codes that say that what another code told is over. Lines of a switch name neither a link nor a module: they are of the switch as a whole.
/// What has such an end stands until it is told: that nothing more is said of it is no end.</summary>
public static class CancelPairs
{
    private const string Workbook = "NVIDIA Xid catalogue, 162 and 163";
    private const string Names = "open-gpu-kernel-modules 595.45.04, NVSwitch driver: the names of the codes";

    /// <summary>All of them.</summary>
    public static ImmutableArray<CancelPair> All { get; } =
    [
        new(HealthEventKind.DriverError, Xid.PowerSmoothingOff, Xid.PowerSmoothingBack, "power smoothing off, and on again", Workbook),
        new(HealthEventKind.SwitchError, 10004, 10005, "thermal event, start and end", Names),
        new(HealthEventKind.SwitchError, 28001, 28002, "module warm, warning on and off", Names),
        new(HealthEventKind.SwitchError, 28003, 28004, "module too hot, on and off", Names),
    ];

    /// <summary>The code that ends it; 0 when none does.</summary>
    public static int EndOf(HealthEventKind kind, long code)
    {
        foreach (var pair in All)
        {
            if (pair.Kind == kind && pair.Code == code) return pair.End;
        }

        return 0;
    }
}

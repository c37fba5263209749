using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// Codes that say that what another code told is over (NVIDIA Xid catalogue for 162 and 163; the names of the others in the NVSwitch driver, whose lines name
/// neither a link nor a module: they are of the switch as a whole).
/// </summary>
public static class CancelPairs
{
    /// <summary>The code that ends it; 0 when none does.</summary>
    public static int EndOf(HealthEventKind kind, long code) => (kind, code) switch
    {
        (HealthEventKind.DriverError, Xid.PowerSmoothingOff) => Xid.PowerSmoothingBack,
        (HealthEventKind.SwitchError, 10004) => 10005, // thermal event: start and end
        (HealthEventKind.SwitchError, 28001) => 28002, // module warm: warning on and off
        (HealthEventKind.SwitchError, 28003) => 28004, // module too hot: on and off
        _ => 0,
    };
}

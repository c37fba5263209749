using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// How grave one error by code calls itself beside others of its code: by what it says must be done, by its registers, by the word that it prints.
/// Of alike errors that are told as one, the gravest speaks.
/// </summary>
public static class Gravity
{
    /// <summary>Comparable between errors of one kind and code alone; 0 for what only says how things are now, where the last counts.</summary>
    public static int Of(HealthEvent happened)
    {
        if (happened is not { Device: { } device, Detail: { Advice: < 0 } told }) return 0;
        return happened.Kind switch
        {
            HealthEventKind.SwitchError => (int)told.Printed,
            HealthEventKind.DriverError when XidCatalog.Covers(device) => OfXid(happened.Code, told),
            _ => 0,
        };
    }

    private static int OfXid(long code, EventDetail told)
    {
        switch (code)
        {
            case Xid.LinkError:
                var gravest = Xid74Registers.Decode(told.Registers);
                return ((int)Xid74Registers.Judge(gravest, times: 1).Severity * 32) + (gravest is { } bit ? 1 + (int)bit : 0);
            case >= Xid.FirstLink5 and <= Xid.LastLink5:
                return (int)NvLink5Catalog.Decode(code, told.Unit, told.Registers).Remedy.Severity;
            default:
                return (3 * Needed(told.NeedsReset)) + Needed(told.NeedsDrain);
        }
    }

    /// <summary>Not to say is worse than to say no.</summary>
    private static int Needed(bool? said) => said switch { true => 2, null => 1, false => 0 };
}

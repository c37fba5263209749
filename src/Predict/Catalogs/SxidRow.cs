namespace Forewarn.Predict.Catalogs;

/// <summary>One code of the NVSwitch driver.</summary>
/// <param name="Code">The number.</param>
/// <param name="Block">The block of the switch that reports it.</param>
/// <param name="Name">The driver's name for it; "" where the guide has the code and the driver's source has no name.</param>
/// <param name="Printed">Letters of the word that the driver's source prints: F, N, C (depends on containment); "" where it prints none.</param>
/// <param name="Class">Class of the Fabric Manager guide.</param>
public sealed record SxidRow(int Code, string Block, string Name, string Printed, SxidClass Class)
{
    private readonly Remedy? _remedy;

    /// <summary>What follows when the line has no word of its own for how grave it is.</summary>
    public Remedy Remedy
    {
        get => _remedy ?? Derive();
        init => _remedy = value;
    }

    /// <summary>Where the row comes from: what the driver does not name the guide has, what the guide does not class the driver.</summary>
    public string Source => (Class, Name) switch
    {
        (SxidClass.Unclassed, _) => SxidCatalog.Driver,
        (_, "") => SxidCatalog.Guide,
        _ => SxidCatalog.DriverAndGuide,
    };

    private Remedy Derive() => (Class, Printed) switch
    {
        (SxidClass.AlwaysFatal, _) => Remedy.RebootNow,
        (SxidClass.FatalForPort, _) => Remedy.ResetNow,
        (SxidClass.NonFatal, _) => Remedy.Observe,
        (_, "F") => Remedy.ResetNow,
        (_, "C") => Remedy.InspectFabric,
        _ => Remedy.Observe,
    };
}

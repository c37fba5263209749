namespace Forewarn.Predict.Catalogs;

/// <summary>One thing that the NVIDIA driver can advise.</summary>
/// <param name="Code">The number in Xid 154 and in NVML's field 230.</param>
/// <param name="Name">In the driver's words.</param>
/// <param name="Meaning">For a person.</param>
/// <param name="Remedy">What follows.</param>
/// <param name="Since">First driver that knows it.</param>
public sealed record RecoveryActionRow(int Code, string Name, string Meaning, Remedy Remedy, string Since)
{
    /// <summary>Where the row comes from.</summary>
    public string Source { get; init; } = RecoveryActionCatalog.Header;
}

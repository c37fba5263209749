namespace Forewarn.Daemon.Cli;

/// <summary>What a device is called in a table where the room is short.</summary>
internal static class DeviceName
{
    /// <summary>"NVIDIA H100 80GB HBM3" → "H100 80GB HBM3": the maker is known where the card is.</summary>
    public static string Short(string vendor, string? name) => name switch
    {
        null => Quantity.Unknown,
        _ when name.StartsWith(vendor + " ", StringComparison.OrdinalIgnoreCase) => name[(vendor.Length + 1)..],
        _ => name,
    };

    /// <summary>A part is called by its size and stands under its card.</summary>
    public static string Part(string? profile, string name) => "  " + (profile is null ? name : "MIG " + profile);
}

namespace Forewarn.Daemon.Configuration;

/// <summary>[KernelLog]: whether and where the kernel log is read.</summary>
internal sealed class KernelLogOptions
{
    /// <summary>Whether it is read.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Where; empty for standard input if that is the kernel log, else for /dev/kmsg below the root.</summary>
    public required string Path { get; init; }

    internal static KernelLogOptions From(SettingValues values) => new()
    {
        Enabled = values.Get(SettingCatalog.KernelLogEnabled),
        Path = values.Get(SettingCatalog.KernelLogPath),
    };
}

namespace Forewarn.Daemon.Probes;

/// <summary>What the supervisor wants done. Starting names the devices; stopping names the probe by the one device it has, or null for the main one.</summary>
internal abstract record ProbeOrder
{
    /// <summary>Start the main probe (<paramref name="Only"/> is null) without the suspects, or a solo probe.</summary>
    internal sealed record Start(string? Only, IReadOnlyList<string> Except) : ProbeOrder;

    /// <summary>Close its standard input, so that it ends by itself.</summary>
    internal sealed record Stop(string? Only) : ProbeOrder;
}

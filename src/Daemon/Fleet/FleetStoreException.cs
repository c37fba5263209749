namespace Forewarn.Daemon.Fleet;

/// <summary>The disk refuses, or the file is none that this program can use; the message says why.</summary>
internal sealed class FleetStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file itself is broken: trying again is of no use.</summary>
    public bool IsDamaged { get; init; }
}

namespace Forewarn.Daemon.Pipeline;

/// <summary>Why a point that was to be sent never will be.</summary>
internal enum DropReason : byte
{
    /// <summary>The server refused this very point.</summary>
    Refused,

    /// <summary>The spool was full, and it was among the oldest in it.</summary>
    SpoolFull,

    /// <summary>Its file in the spool was damaged.</summary>
    SpoolDamaged,

    /// <summary>It could not be written to the disk, and there was no more room in memory.</summary>
    NoSpool,
}

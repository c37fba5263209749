namespace Forewarn.Model;

/// <summary>What became of a file system, as <see cref="EventDetail.Unit"/> of an event has it: the word, then the device. It lasts until somebody repairs and mounts it.</summary>
public static class StorageState
{
    /// <summary>It takes no writes any more.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>It takes nothing any more.</summary>
    public const string ShutDown = "shut down";

    /// <summary>True of words after which a file system stays out of service though nothing more is said of it.</summary>
    public static bool IsOut(string unit) => unit.StartsWith(ReadOnly, StringComparison.Ordinal) || unit.StartsWith(ShutDown, StringComparison.Ordinal);
}

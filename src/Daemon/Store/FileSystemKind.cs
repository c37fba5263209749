using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Store;

/// <summary>File systems on which SQLite's locks or its shared memory do not hold what they promise.</summary>
internal static class FileSystemKind
{
    // linux/magic.h and the file systems' own headers.
    private static readonly Dictionary<long, string> Remote = new()
    {
        [0x6969] = "NFS",
        [0xff534d42] = "CIFS",
        [0xfe534d42] = "SMB2",
        [0x0bd00bd0] = "Lustre",
        [0x47504653] = "GPFS",
        [0x00c36400] = "Ceph",
        [0x01021997] = "9p",
        [0x19830326] = "BeeGFS",
        [0x65735546] = "FUSE",
        [0x5346414f] = "AFS",
    };

    /// <summary>Why a database must not lie there; null when it may, and when the kernel does not say.</summary>
    public static string? WhyNot(string directory)
        => Libc.FileSystemMagic(directory) is { } magic && Remote.TryGetValue(magic, out var name)
            ? $"this is a network file system ({name}), and SQLite's locks do not hold there; set Agent.StateDir to a local disk"
            : null;
}

using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// Disks and file systems that fail. The unit is the device; the place what of it: <c>i/o</c>, <c>medium</c>, <c>file system</c>, <c>read-only</c>,
/// <c>controller</c>, <c>array</c>, <c>server</c>. Wording: Linux, block/, drivers/nvme, drivers/md, fs/ext4, fs/xfs, fs/btrfs, net/sunrpc.
/// </summary>
internal sealed partial class StorageLines : ILineParser
{
    private static readonly (Regex Regex, string Place)[] Lines =
    [
        (Medium(), "medium"),
        (Io(), "i/o"),
        (ReadOnlyNow(), "read-only"),
        (Xfs(), "file system"),
        (FileSystem(), "file system"),
        (Nvme(), "controller"),
        (Array(), "array"),
        (Server(), "server"),
    ];

    public IReadOnlyList<string> Words { get; } =
    [
        "I/O error", "medium error", "EXT4-fs", "XFS (", "BTRFS", "Remounting filesystem read-only", "nvme", "md/raid", "md: ", "nfs: server ",
    ];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        foreach (var (regex, place) in Lines)
        {
            if (regex.Match(line.Text) is not { Success: true } match) continue;
            return new()
            {
                Kind = HealthEventKind.StorageTrouble,
                Text = line.Text,
                Detail = new() { Unit = match.Text("device"), Place = place, Printed = place is "read-only" or "file system" ? PrintedSeverity.Fatal : PrintedSeverity.NonFatal },
            };
        }

        return null;
    }

    [GeneratedRegex(@"^(\S+: )?critical (medium|target|nexus|space allocation) error, dev (?<device>\S+?),", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Medium();

    [GeneratedRegex(@"^(\S+: )?(Buffer )?I/O error,? (on )?dev (?<device>[^\s,]+),", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Io();

    [GeneratedRegex(@"^\S+( \w+)? \((device )?(?<device>[^)\s]+)\):? .*([Rr]emounting filesystem read-only|forced readonly)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex ReadOnlyNow();

    [GeneratedRegex(@"^XFS \((?<device>[^)]+)\): .*([Ee]rror|corrupt|Corrupt|shutdown|Shutting down|shut down)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Xfs();

    [GeneratedRegex(@"^(EXT4-fs error|BTRFS error|BTRFS critical) \(device (?<device>[^)\s]+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex FileSystem();

    [GeneratedRegex(
        @"^nvme (?<device>nvme\d+): .*(timeout|controller is down|Removing after probe failure|Device not ready|Disabling device|failed to set|reset controller)",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Nvme();

    [GeneratedRegex(
        @"^md(/raid\d*:(?<device>\w+): .*(Disk failure|Cannot continue|not enough operational|unrecoverable|read error)|: .*(super_written gets error|(?<device>md\d+) .*failed))",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Array();

    [GeneratedRegex(@"^nfs: server (?<device>\S+) not responding", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Server();
}

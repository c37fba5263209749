using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// Disks and file systems that fail. The unit is the device, behind its state (<see cref="StorageState"/>) where that lasts; the place what of it: <c>i/o</c>, <c>medium</c>, <c>file system</c>, <c>read-only</c>,
/// <c>shut down</c>, <c>controller</c>, <c>array</c>, <c>server</c>. Wording: Linux, block/, drivers/nvme, drivers/md, fs/ext4, fs/xfs, fs/btrfs, net/sunrpc.
/// </summary>
internal sealed partial class StorageLines : ILineParser
{
    private static readonly (Regex Regex, string Place)[] Lines =
    [
        (Medium(), "medium"),
        (Io(), "i/o"),
        (ReadOnlyNow(), StorageState.ReadOnly),
        (ShutDown(), StorageState.ShutDown),
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
            var (device, lasts) = (match.Text("device"), place is StorageState.ReadOnly or StorageState.ShutDown);
            return new()
            {
                Kind = HealthEventKind.StorageTrouble,
                Text = line.Text,
                Detail = new()
                {
                    Unit = lasts ? $"{place} {device}" : device,
                    Place = place,
                    Printed = lasts || place == "file system" ? PrintedSeverity.Fatal : PrintedSeverity.NonFatal,
                },
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

    // "Corruption of in-memory data … Shutting down filesystem.", "Filesystem has been shut down due to …", "xfs_do_force_shutdown(0x2) called from …", "EXT4-fs (sda1): shut down requested (2)".
    [GeneratedRegex(@"^(XFS|EXT4-fs( error)?) \((device )?(?<device>[^)\s]+)\):? .*([Ss]hutting down filesystem|has been shut down|force_shutdown|shut down requested)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex ShutDown();

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

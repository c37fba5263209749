using System.Globalization;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>
/// Two days of errors of programs as lines of /dev/kmsg: bursts on random cards by random processes, with one error that counts hidden at a
/// random place, if wanted.
/// </summary>
internal sealed class KernelStorm
{
    public const int Cards = 8;

    private static readonly TimeSpan Length = TimeSpan.FromHours(48);

    private readonly Random _random;
    private readonly List<string> _lines = [];
    private long _microseconds = 90_000_000;

    /// <param name="seed">Of everything random.</param>
    /// <param name="errors">How many.</param>
    /// <param name="codes">Xids, each as likely.</param>
    /// <param name="hidden">The Xid that counts; null for none.</param>
    public KernelStorm(int seed, int errors, int[] codes, int? hidden = null)
    {
        _random = new Random(seed);
        HiddenCard = _random.Next(Cards);
        var hideAt = _random.Next(errors);
        var quiet = Length / (errors / 60.0);
        var (card, pid, inBurst) = (0, 0, 0);
        for (var i = 0; i < errors; i++)
        {
            if (inBurst-- <= 0)
            {
                (card, pid, inBurst) = (_random.Next(Cards), _random.Next(1000, 100_000), _random.Next(1, 120));
                Pass(quiet * 2 * _random.NextDouble());
            }

            Write(card, codes[_random.Next(codes.Length)], pid);
            if (i == hideAt && hidden is { } code)
            {
                HiddenAt = TimeSpan.FromMicroseconds(_microseconds);
                Write(HiddenCard, code, pid);
            }

            Pass(TimeSpan.FromMilliseconds(_random.Next(20)));
        }

        Pass(TimeSpan.FromMinutes(20));
        Line("usb 1-1: new high-speed USB device number 5 using xhci_hcd");
    }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The card of the one that counts.</summary>
    public int HiddenCard { get; }

    /// <summary>Its time since boot.</summary>
    public TimeSpan HiddenAt { get; private set; }

    public static string Address(int card) => string.Create(CultureInfo.InvariantCulture, $"0000:{0x18 + (card * 0x11):x2}:00.0");

    private void Pass(TimeSpan time) => _microseconds += (long)time.TotalMicroseconds;

    private void Write(int card, int code, int pid)
    {
        var place = _random.Next(8);
        var said = code switch
        {
            13 => $"Graphics SM Warp Exception on (GPC {place}, TPC {_random.Next(8)}, SM 0): Illegal Instruction Parameter",
            31 => $"Ch 0000001{place}, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_{place} faulted @ 0x7f2a_c0000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ",
            43 => $"Ch 0000001{place}",
            45 => $"Ch 0000001{place}",
            48 => "An uncorrectable double bit error (DBE) has been detected on GPU in the framebuffer at physAddr 0x3d3f18a40 partition 5, subpartition 3.",
            79 => "GPU has fallen off the bus.",
            95 => "Uncontained: LTC TAG (0x2,0x0). RST: Yes, D-RST: No",
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
        Line(string.Create(CultureInfo.InvariantCulture, $"NVRM: Xid (PCI:{Address(card)[..^2]}): {code}, pid={pid}, name=python3, {said}"));
    }

    private void Line(string text) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"4,{_lines.Count},{_microseconds},-;{text}"));
}

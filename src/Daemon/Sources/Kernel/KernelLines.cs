using System.Buffers;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Sources.Kernel.Lines;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Every family of lines. Most of what a kernel logs is none of ours and must cost nearly nothing: one pass over the text for any family's
/// words tells, before a string is made or a family asked.
/// </summary>
internal sealed class KernelLines(KernelDevices devices)
{
    private readonly ILineParser[] _parsers =
    [
        new XidLine(),
        new SwitchErrorLine(),
        new FellOffLines(),
        new DriverTroubleLines(),
        new DeviceNamedLines(),
        new PeerMemoryLine(),
        new AmdLines(),
        new BusErrorLines(),
        new HostMemoryLines(),
        new MachineCheckLines(),
        new Mlx5Lines(),
        new IrdmaLines(),
        new StorageLines(),
        new OutOfMemoryLines(),
        new StallLines(),
        new LibraryCrashLines(),
    ];

    private SearchValues<string>? _words;

    private SearchValues<string> Words => _words ??= SearchValues.Create([.. _parsers.SelectMany(parser => parser.Words).Distinct()], StringComparison.Ordinal);

    /// <summary>Whether any family may have something to say of it.</summary>
    public bool IsOfInterest(ReadOnlySpan<char> text) => text.ContainsAny(Words);

    /// <summary>What the line says; null when it says nothing to us. Never throws, whatever stands in it.</summary>
    public KernelNews? Parse(in KernelLine line)
    {
        foreach (var parser in _parsers)
        {
            if (!HasAny(line.Text, parser.Words)) continue;
            try
            {
                if (parser.Parse(in line, devices) is { } news) return news;
            }
            catch (RegexMatchTimeoutException)
            {
                // A line made to be slow is not one that a driver writes.
            }
        }

        return null;
    }

    private static bool HasAny(string text, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (text.Contains(words[i], StringComparison.Ordinal)) return true;
        }

        return false;
    }
}

using System.Buffers;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Sources.Kernel.Lines;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Every family of lines. Most of what a kernel logs is none of ours and must cost nearly nothing: one pass over the text for any family's
/// words tells, before a string is made or a family asked.
/// </summary>
/// <param name="devices">Whose the addresses are.</param>
/// <param name="families">Null for all that there are.</param>
internal sealed class KernelLines(KernelDevices devices, IReadOnlyList<ILineParser>? families = null)
{
    private readonly IReadOnlyList<ILineParser> _parsers = families ??
    [
        new XidLine(),
        new SwitchErrorLine(),
        new FellOffLines(),
        new DriverTroubleLines(),
        new DeviceNamedLines(),
        new PeerMemoryLine(),
        new AmdLines(),
        new HabanaLines(),
        new IntelLines(),
        new MetaxLines(),
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
            if ((line.QuotesProcess && !parser.IsOfProcesses) || !HasAny(line.Text, parser.Words)) continue;
            if (Ask(parser, in line) is { } news) return news;
        }

        return null;
    }

    private KernelNews? Ask(ILineParser parser, in KernelLine line)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                return parser.Parse(in line, devices);
            }
            catch (RegexMatchTimeoutException) when (!isAgain)
            {
                // The bound is of wall time: whoever is not given a processor exceeds it with any line.
            }
#pragma warning disable CA1031 // The reader has not passed the line yet: what ends the agent here would end it at every start.
            catch (Exception)
#pragma warning restore CA1031
            {
                return Unread(line.Text);
            }
        }
    }

    /// <summary>A driver's line is told as it stands; any other is a record that is lost to us.</summary>
    private static KernelNews Unread(string text)
    {
        var isDriver = text.StartsWith("NVRM: ", StringComparison.Ordinal) || text.StartsWith("nvidia", StringComparison.Ordinal)
            || text.StartsWith("amdgpu ", StringComparison.Ordinal) || text.StartsWith("xe ", StringComparison.Ordinal) || text.StartsWith("i915 ", StringComparison.Ordinal);
        return new()
        {
            Kind = isDriver ? HealthEventKind.DriverTrouble : HealthEventKind.KernelLogOverrun,
            Text = isDriver ? text : $"a line of the kernel log could not be read: {text}",
            Detail = new() { Unit = "not read" },
            IsUnderstood = false,
        };
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

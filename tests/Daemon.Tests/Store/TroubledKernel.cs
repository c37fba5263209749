using System.Globalization;
using System.Text;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>The root of a node whose kernel logs storms of errors of many kinds, each line a record; it knows what it wrote.</summary>
internal sealed class TroubledKernel : IDisposable
{
    public const string Boot = "b0070000-0000-4000-8000-000000000001";

    // 360 kinds: more than an agent keeps in mind of those that may go on.
    private const int Cards = 8;
    private const int Codes = 45;

    private readonly TemporaryFolder _root = new();
    private readonly FileStream _log;
    private readonly Random _random;
    private readonly List<(string Place, long Code)> _written = [];

    public TroubledKernel(int seed)
    {
        _random = new Random(seed);
        _root.Write("proc/sys/kernel/random/boot_id", Boot + "\n");
        // The log's times count from this machine's boot.
        File.CreateSymbolicLink(Path.Join(_root.Path, "proc/uptime"), "/proc/uptime");
        // No buffer: what was written is in the file, in whole lines.
        _log = new FileStream(_root.Write("dev/kmsg", ""), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public string Root => _root.Path;

    public string State => Path.Join(_root.Path, "state");

    /// <summary>The number of the last record; the first is 1.</summary>
    public ulong Last => (ulong)_written.Count;

    /// <summary>How many lines of each kind there are up to a record.</summary>
    public Dictionary<(string Place, long Code), long> Written(ulong upTo)
        => _written.Take((int)upTo).GroupBy(one => one).ToDictionary(group => group.Key, group => (long)group.Count());

    /// <summary>Writes bursts until the time is over: one kind that storms, and others by chance.</summary>
    public async Task StormAsync(TimeSpan length, int lines)
    {
        const int bursts = 20;
        for (var burst = 0; burst < bursts; burst++)
        {
            var text = new StringBuilder();
            for (var left = lines / bursts; left > 0; left--)
            {
                if (_random.Next(2) == 0) Line(text, 0, 13);
                else Line(text, _random.Next(Cards), 1 + _random.Next(Codes));
            }

            _log.Write(Encoding.ASCII.GetBytes(text.ToString()));
            await Pause.ForAsync(length / bursts);
        }
    }

    /// <summary>Writes one line of a kind of its own.</summary>
    public void Write(int code, string message)
    {
        var text = new StringBuilder();
        Line(text, 0, code, message);
        _log.Write(Encoding.ASCII.GetBytes(text.ToString()));
    }

    public void Dispose()
    {
        _log.Dispose();
        _root.Dispose();
    }

    private void Line(StringBuilder text, int card, int code, string message = "something broke")
    {
        Assert.True(Uptime.TryRead("/", out var now));
        var place = string.Create(CultureInfo.InvariantCulture, $"0000:{0x10 + card:x2}:00");
        _written.Add((place + ".0", code));
        text.Append(CultureInfo.InvariantCulture, $"3,{Last},{(long)now.TotalMicroseconds},-;NVRM: Xid (PCI:{place}): {code}, pid=1, name=python, {message}\n");
    }
}

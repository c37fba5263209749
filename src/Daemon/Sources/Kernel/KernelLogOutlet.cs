using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Where news leave the reader as events of this boot, each with the place up to which the log is then dealt with. Coalescing is the queue's:
/// it knows what was told already, and so how far a restart may go on from.
/// </summary>
/// <param name="add">Takes an event; waits while there is no room.</param>
/// <param name="advance">Takes how far the log was read where that made no event.</param>
/// <param name="bootId">Reads the kernel's boot id; it changes under a running agent on simulated nodes alone.</param>
/// <param name="time">The clock.</param>
/// <param name="from">Up to where an earlier run took the log; null when none did.</param>
internal sealed class KernelLogOutlet(
    Action<HealthEvent> add, Action<KernelCursor> advance, Func<string> bootId, TimeProvider time, KernelCursor? from)
{
    public const string Source = HealthEvent.KernelLog;

    /// <summary>Longer than any line of a driver; a log that is not the kernel's could have a megabyte.</summary>
    private const int LongestLine = 4096;

    private ulong? _taken = Matching(from, bootId());

    public string BootId { get; private set; } = bootId();

    /// <summary>The record that follows what an earlier run took in this boot; null where it took nothing.</summary>
    public ulong? FirstWanted => _taken + 1;

    /// <summary>Whether an earlier run has told of this record.</summary>
    public bool WasTaken(ulong sequence) => sequence <= _taken;

    /// <summary>Whether the machine was booted since the log was begun.</summary>
    public bool IsOtherBoot => bootId() != BootId;

    public TimeSpan Age(DateTimeOffset when) => time.GetUtcNow() - when;

    public void Advance(KernelCursor cursor)
    {
        if (!(cursor.Sequence <= _taken)) advance(cursor);
    }

    public void Tell(KernelNews news, string line, DateTimeOffset when, ulong sequence) => add(new()
    {
        Kind = news.Kind,
        Device = news.Device,
        Code = news.Code,
        Text = news.Text,
        BootId = BootId,
        FirstSeen = when,
        LastSeen = when,
        Count = news.Count,
        Source = Source,
        Detail = news.Detail,
        Raw = line,
        Cursor = new(BootId, sequence),
    });

    public void Lost(long records, ulong upTo)
    {
        var now = time.GetUtcNow();
        add(new()
        {
            Kind = HealthEventKind.KernelLogOverrun,
            Text = string.Create(CultureInfo.InvariantCulture, $"{records} record{(records == 1 ? " of the kernel log was" : "s of the kernel log were")} overwritten before being read"),
            BootId = BootId,
            FirstSeen = now,
            LastSeen = now,
            Count = records,
            Source = Source,
            Cursor = new(BootId, upTo),
        });
    }

    /// <summary>Another log took the place of the one that was read.</summary>
    public void StartAnew()
    {
        BootId = bootId();
        _taken = Matching(from, BootId);
    }

    /// <summary>A time asleep, for a person.</summary>
    public static string Span(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h") : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalMinutes):0} min");

    /// <summary>A line as it is kept.</summary>
    public static string Shorten(ReadOnlySpan<char> line) => line.Length <= LongestLine ? line.ToString() : string.Concat(line[..LongestLine], "…");

    private static ulong? Matching(KernelCursor? from, string bootId) => from is { } cursor && cursor.BootId == bootId ? cursor.Sequence : null;
}

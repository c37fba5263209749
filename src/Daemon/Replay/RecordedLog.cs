using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Replay;

/// <summary>
/// A saved kernel log, one record a read: lines of <c>/dev/kmsg</c> as they are, or what <c>dmesg</c> prints, <c>[   12.345678] text</c>. What is
/// neither is passed over and counted.
/// </summary>
internal sealed partial class RecordedLog(TextReader file) : IKernelLog
{
    // A hundred years; a clock that shows more is broken, and time must still fit.
    private const ulong MostMicroseconds = 3_155_760_000_000_000;

    /// <summary>In characters, of which none takes more than three bytes: the reader has room for it.</summary>
    private const int LongestLine = KernelLogReader.LongestRecord / 4;

    private string? _next;
    private ulong _sequence;
    private bool _isAtEnd;

    public int Generation => 0;

    public bool NumbersOnlyGrow => false;

    /// <summary>Lines that are no record.</summary>
    public long Refused { get; private set; }

    /// <summary>Time since boot of the record that the next read gives; null at the end.</summary>
    public ulong? NextMicroseconds()
    {
        while (!_isAtEnd && _next is null)
        {
            if (file.ReadLine() is not { } line) _isAtEnd = true;
            else if (line.Length > LongestLine) Refused++;
            else if (line.Length > 0) _next = AsRecord(line);
        }

        return _next is null ? null : Microseconds(_next);
    }

    public int Read(Span<byte> into, out Errno error)
    {
        error = Errno.TryAgain;
        if (NextMicroseconds() is null) return -1;
        var record = _next!;
        if (Encoding.UTF8.GetByteCount(record) + 1 > into.Length)
        {
            error = Errno.InvalidArgument; // as the device: a larger buffer, please
            return -1;
        }

        _next = null;
        error = Errno.None;
        var length = Encoding.UTF8.GetBytes(record, into);
        into[length] = (byte)'\n';
        return length + 1;
    }

    /// <summary>No machine whose log is a file sleeps.</summary>
    public bool Rewind() => false;

    public void Wait(int milliseconds)
    {
        // There will be no more than there is.
    }

    public void Dispose() => file.Dispose();

    private string? AsRecord(string line)
    {
        if (Kmsg().IsMatch(line)) return line;
        var printed = Dmesg().Match(line);
        if (!printed.Success)
        {
            if (line[0] != ' ') Refused++; // a line of a record's dictionary says nothing to a replay
            return null;
        }

        var microseconds = decimal.Parse(printed.Groups["seconds"].Value, CultureInfo.InvariantCulture) * 1_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"6,{_sequence++},{microseconds:0},-;{printed.Groups["text"].Value}");
    }

    private static ulong Microseconds(string record)
    {
        var fields = record.Split(',', 4);
        return ulong.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) ? Math.Min(microseconds, MostMicroseconds) : 0;
    }

    [GeneratedRegex(@"^\d+,\d+,\d+,[^;]*;", RegexOptions.NonBacktracking)]
    private static partial Regex Kmsg();

    [GeneratedRegex(@"^(?:<\d+>)?\[ *(?<seconds>\d{1,12}\.\d{1,9})\] (?<text>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Dmesg();
}

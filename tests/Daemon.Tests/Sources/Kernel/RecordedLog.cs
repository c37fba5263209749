using System.Globalization;
using System.Text;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>A double of read(2) on /dev/kmsg: what was put in comes out, an answer a call; then EAGAIN.</summary>
internal sealed class RecordedLog : IKernelLog
{
    private readonly Queue<(byte[] Record, Errno Error)> _answers = new();
    private readonly List<(byte[] Record, Errno Error)> _given = [];
    private ulong _sequence = 100;

    public int Generation { get; set; }

    public bool NumbersOnlyGrow => true;

    public int LargestBuffer { get; private set; }

    /// <summary>The number that the next line gets.</summary>
    public ulong Next
    {
        get => _sequence;
        set => _sequence = value;
    }

    public RecordedLog Line(string text, int priority = 3, long microseconds = 0, string flags = "-", string dictionary = "")
    {
        var header = string.Create(CultureInfo.InvariantCulture, $"{priority},{_sequence++},{microseconds},{flags};");
        return Raw(header + text + "\n" + dictionary);
    }

    public RecordedLog Raw(string record)
    {
        _given.Add((Encoding.UTF8.GetBytes(record), Errno.None));
        _answers.Enqueue(_given[^1]);
        return this;
    }

    public RecordedLog Fails(Errno error)
    {
        _answers.Enqueue(([], error));
        return this;
    }

    public int Read(Span<byte> into, out Errno error)
    {
        LargestBuffer = Math.Max(LargestBuffer, into.Length);
        if (!_answers.TryPeek(out var answer))
        {
            error = Errno.TryAgain;
            return -1;
        }

        error = answer.Error != Errno.None ? answer.Error : answer.Record.Length > into.Length ? Errno.InvalidArgument : Errno.None;
        if (error != Errno.InvalidArgument) _answers.Dequeue();
        if (error != Errno.None) return -1;
        answer.Record.CopyTo(into);
        return answer.Record.Length;
    }

    /// <summary>Passes over the record that no buffer is large enough for.</summary>
    public void Drop() => _answers.Dequeue();

    /// <summary>The records come again; errors do not.</summary>
    public bool Rewind()
    {
        _answers.Clear();
        foreach (var answer in _given) _answers.Enqueue(answer);
        return true;
    }

    public void Wait(int milliseconds)
    {
        // The test does.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Reads record after record and hands on what they say, each with its place in the log. Nothing in a record is fatal; what cannot be taken is
/// counted. A gap in the numbers is an event that says how many were lost.
/// </summary>
internal sealed class KernelLogReader(IKernelLog log, KernelLines lines, KernelDevices devices, KernelTime time, KernelLogView view, KernelLogOutlet outlet)
{
    /// <summary>Own figure: a hundred times of what a kernel puts into one record.</summary>
    public const int LongestRecord = 1 << 20;

    /// <summary>dev-kmsg: with 8 KiB every record of today's kernels can be read.</summary>
    private const int UsualBuffer = 16 * 1024;

    /// <summary>The chain of pieces that make one line; longer ones are taken as they are so far.</summary>
    private const int LongestChain = 8 * 1024;

    /// <summary>Begins each line of the one driver that writes several into a record.</summary>
    private const string Driver = "NVRM: ";

    private byte[] _buffer = new byte[UsualBuffer];
    private char[] _text = new char[UsualBuffer];
    private int _generation = log.Generation;
    private ulong? _last;
    private long _accounted;
    private Fragment? _fragment;
    private bool _isPassedAgain;

    /// <summary>Up to where the log was read.</summary>
    public KernelCursor? Cursor => _last is { } last ? new(outlet.BootId, last) : null;

    /// <summary>Why the log cannot be read any more; None while it can.</summary>
    public Errno Failure { get; private set; }

    /// <summary>One read; false when there is nothing to read now.</summary>
    public bool ReadOne()
    {
        var length = log.Read(_buffer, out var error);
        if (log.Generation != _generation) StartAnew();
        if (length > 0)
        {
            Take(_buffer.AsSpan(0, length));
            return true;
        }

        switch (error)
        {
            case Errno.BrokenPipe or Errno.Interrupted: // overwritten: the next record's number says how many
                return true;
            case Errno.InvalidArgument:
                return Grow();
            case Errno.None or Errno.TryAgain:
                return false;
            default:
                Failure = error;
                Idle(); // whoever opens it anew goes on behind what is held back
                return false;
        }
    }

    /// <summary>The log begins anew with records that were read already: they are passed over.</summary>
    public void Rewound() => _isPassedAgain = true;

    /// <summary>The end of the log, for now: what was held back is told.</summary>
    public void Idle()
    {
        EndFragment();
        view.Lag = TimeSpan.Zero;
        if (Cursor is { } cursor) outlet.Advance(cursor);
    }

    private bool Grow()
    {
        if (_buffer.Length < LongestRecord)
        {
            _buffer = new byte[_buffer.Length * 2];
            return true;
        }

        view.CountRefused(KernelLogFault.TooLarge);
        _accounted++;
        return false;
    }

    private void Take(ReadOnlySpan<byte> raw)
    {
        var fault = KernelRecord.TryParse(raw, out var record);
        if (_isPassedAgain && (fault != KernelLogFault.None || record.Sequence <= _last)) return;
        _isPassedAgain = false;
        if (fault == KernelLogFault.None && record.Sequence <= _last && log.NumbersOnlyGrow)
        {
            if (!outlet.IsOtherBoot)
            {
                _isPassedAgain = true; // somebody else, who shares the descriptor, rewound it
                return;
            }

            StartAnew();
        }

        view.CountRecord();
        if (fault != KernelLogFault.None)
        {
            view.CountRefused(fault);
            _accounted++;
            return;
        }

        CountLost(record.Sequence);
        if (outlet.WasTaken(record.Sequence))
        {
            _last = record.Sequence;
            return;
        }

        if (_fragment is not null && !record.IsFragment) EndFragment();
        _last = record.Sequence;
        if (record.Facility != 0) view.CountRefused(KernelLogFault.NotKernel);
        else if (record.IsFragment) Hold(in record);
        else Dispatch(Decode(record.Text), in record);
    }

    private void CountLost(ulong sequence)
    {
        var expected = _last is { } last ? last + 1 : outlet.FirstWanted;
        var accounted = (ulong)_accounted;
        _accounted = 0;
        if (expected is not { } next || sequence <= next + accounted) return;
        var lost = (long)(sequence - next - accounted);
        EndFragment();
        view.CountOverrun(lost);
        outlet.Lost(lost, sequence - 1);
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> escaped)
    {
        if (_text.Length < escaped.Length) _text = new char[escaped.Length];
        return _text.AsSpan(0, KernelText.Decode(escaped, _text));
    }

    private void Dispatch(ReadOnlySpan<char> text, in KernelRecord record)
    {
        if (lines.IsOfInterest(text)) Parse(text, record.Level, record.PciFunction, record.Microseconds, record.Sequence);
    }

    private void Parse(ReadOnlySpan<char> text, int level, ReadOnlySpan<byte> function, ulong microseconds, ulong sequence)
    {
        var when = time.Of(sequence, microseconds);
        if (time.HasSlept(log))
        {
            Rewound();
            when = time.Of(sequence, microseconds);
        }

        view.Lag = outlet.Age(when);
        var pci = System.Text.Encoding.ASCII.GetString(function);
        var quotesProcess = QuotedProcess.Is(text);
        var doubt = time.Doubt(sequence);
        (KernelNews News, string Line)? held = null;
        foreach (var part in text.Split('\n'))
        {
            // A line end may also be one of a file's name: what follows is believed where one driver says all of it.
            if (part.Start.Value > 0 && (quotesProcess || !text.StartsWith(Driver) || !text[part].StartsWith(Driver))) break;
            var line = new KernelLine(KernelLogOutlet.Shorten(text[part].TrimEnd('\r')), level, pci) { QuotesProcess = quotesProcess };
            if (lines.Parse(in line) is not { } news) continue;
            if (!news.IsUnderstood) view.CountNotUnderstood();
            if (doubt > TimeSpan.Zero) news = news with { Text = $"{news.Text} (at a time that may be wrong by {KernelLogOutlet.Span(doubt)}: the machine slept since)" };
            // Of two events of one record only the last has that record's place: a restart between them must read it again.
            if (held is { } before) outlet.Tell(before.News, before.Line, when, sequence - Math.Min(sequence, 1));
            held = (news, line.Text);
        }

        if (held is { } last) outlet.Tell(last.News, last.Line, when, sequence);
    }

    private void Hold(in KernelRecord record)
    {
        var piece = Decode(record.Text).ToString();
        var held = _fragment;
        _fragment = held is null ? new(piece, record.Level, System.Text.Encoding.ASCII.GetString(record.PciFunction), record.Microseconds, record.Sequence)
            : held with { Text = held.Text + piece, Sequence = record.Sequence };
        if (_fragment.Text.Length > LongestChain) EndFragment();
    }

    private void EndFragment()
    {
        if (_fragment is not { } held) return;
        _fragment = null;
        if (lines.IsOfInterest(held.Text)) Parse(held.Text, held.Level, System.Text.Encoding.ASCII.GetBytes(held.Pci), held.Microseconds, held.Sequence);
    }

    private void StartAnew()
    {
        (_generation, _last, _accounted, _fragment) = (log.Generation, null, 0, null);
        devices.Forget();
        time.StartAnew();
        outlet.StartAnew();
    }

    /// <summary>Pieces of one line so far; time and level are the first's.</summary>
    private sealed record Fragment(string Text, int Level, string Pci, ulong Microseconds, ulong Sequence);
}

using System.Buffers.Binary;
using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// Which signals a card told and does not tell any more, while it is otherwise measured. Links and their like are left out: one that is down tells
/// nothing, and has rules of its own; so is what a profiler may take for itself.
/// </summary>
public sealed class FieldWatch
{
    // Own figures: told three times in a row, it is told by habit; absent twice in a row, it is no single failed call.
    private const byte Habit = 3;
    private const byte Missing = 2;

    private readonly byte[] _told = new byte[SignalCatalog.All.Length];
    private readonly byte[] _missed = new byte[SignalCatalog.All.Length];
    private double _parts = double.NaN;

    // Numbers of signals move between releases; what was saved under another catalogue is forgotten.
    private static readonly uint Mark = MarkOf();

    /// <summary>How many signals vanished.</summary>
    public int Vanished { get; private set; }

    /// <summary>Nothing is told by habit yet: it cannot be known what is missing.</summary>
    public bool IsNew => !_told.AsSpan().Contains(Habit);

    /// <summary>How many bytes <see cref="Save"/> writes.</summary>
    public static int SavedSize => sizeof(uint) + (2 * SignalCatalog.All.Length);

    /// <summary>True when it was told by habit and is not any more.</summary>
    public bool HasVanished(SignalId signal) => _missed[(int)signal] >= Missing;

    /// <summary>Takes a reading.</summary>
    public void Take(in Reading reading)
    {
        var at = (int)reading.Signal;
        if (reading.Signal == SignalId.MigEnabled && reading.HasValue) Cut(reading.Value);
        if (SignalCatalog.All[at].InstanceLabel is not null || reading.Signal is >= SignalId.ProfileGraphics and <= SignalId.ProfileLinkReceived) return;
        if (reading.HasValue) Tell(at);
        else if (_told[at] == Habit && IsOfThisSignal(reading.Absence)) Miss(at);
    }

    /// <summary>Another driver or another division of the card: what it tells is learned anew.</summary>
    public void StartAnew()
    {
        Array.Clear(_told);
        Array.Clear(_missed);
        Vanished = 0;
    }

    /// <summary>Writes itself; returns how many bytes.</summary>
    public int Save(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(into, Mark);
        _told.CopyTo(into[sizeof(uint)..]);
        _missed.CopyTo(into[(sizeof(uint) + _told.Length)..]);
        return SavedSize;
    }

    /// <summary>Takes what was saved. False, and nothing is changed, when it was saved under another catalogue or is cut short.</summary>
    public bool Load(ReadOnlySpan<byte> from)
    {
        if (from.Length != SavedSize || BinaryPrimitives.ReadUInt32LittleEndian(from) != Mark) return false;
        from.Slice(sizeof(uint), _told.Length).CopyTo(_told);
        from[(sizeof(uint) + _told.Length)..].CopyTo(_missed);
        Vanished = _missed.AsSpan().Length - _missed.AsSpan().Count((byte)0) - _missed.AsSpan().Count((byte)1);
        return true;
    }

    /// <summary>An absence of the card as a whole is presence's matter.</summary>
    private static bool IsOfThisSignal(NoDataReason absence)
        => absence is NoDataReason.NotSupported or NoDataReason.NoPermission or NoDataReason.SymbolMissing or NoDataReason.TimedOut or NoDataReason.Invalid;

    private void Cut(double parts)
    {
        if (!double.IsNaN(_parts) && parts != _parts) StartAnew();
        _parts = parts;
    }

    private void Tell(int at)
    {
        if (_told[at] < Habit) _told[at]++;
        if (_missed[at] >= Missing) Vanished--;
        _missed[at] = 0;
    }

    private void Miss(int at)
    {
        if (_missed[at] >= Missing) return;
        if (++_missed[at] == Missing) Vanished++;
    }

    /// <summary>FNV-1a over names and labels in their order.</summary>
    private static uint MarkOf()
    {
        var mark = 2166136261;
        foreach (var signal in SignalCatalog.All)
        {
            foreach (var letter in signal.Family.Name) mark = (mark ^ letter) * 16777619;
            foreach (var label in signal.Labels)
            {
                foreach (var letter in label.Value) mark = (mark ^ letter) * 16777619;
            }
        }

        return mark;
    }
}

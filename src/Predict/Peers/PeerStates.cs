using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Forewarn.Predict.Peers;

/// <summary>One card against its siblings: a state a signal, and the rates of its error counters. Kept over restarts as plain bytes.</summary>
public sealed class PeerStates
{
    // Grows when the layout changes; what an earlier one wrote is then forgotten, and learned anew within the hour.
    private const byte Layout = 1;
    private const int Header = 1 + sizeof(long);

    private readonly PeerState[] _states = new PeerState[PeerSheet.Count];
    private long _began; // of the driver or the counters that the states belong to, UTC ticks

    /// <summary>How many bytes <see cref="Save"/> writes.</summary>
    public static int SavedSize => Header + (PeerSheet.Count * PeerState.Size) + CounterRates.SavedSize;

    /// <summary>The sample that was compared last.</summary>
    internal DateTimeOffset Compared { get; set; }

    internal CounterRates Rates { get; } = new();

    internal ref PeerState this[PeerSignal signal] => ref _states[(int)signal];

    /// <summary>
    /// Another driver, or counters that began anew: clocks, sensors and counts may mean something else now (one operating system update multiplied a
    /// page counter by 170 on Summit, Oles and others, ICS 2024), so what is usual is learned again and until then nothing is said. True
    /// when that was so.
    /// </summary>
    internal bool StartAnew(DateTimeOffset began)
    {
        if (began.UtcTicks <= _began) return false;
        var isFirst = _began == 0;
        _began = began.UtcTicks;
        if (isFirst) return false;
        Array.Clear(_states);
        Rates.Clear();
        return true;
    }

    /// <summary>Writes itself; returns how many bytes.</summary>
    public int Save(Span<byte> into)
    {
        into[0] = Layout;
        BinaryPrimitives.WriteInt64LittleEndian(into[1..], _began);
        MemoryMarshal.AsBytes(_states.AsSpan()).CopyTo(into[Header..]);
        return Header + (PeerSheet.Count * PeerState.Size) + Rates.Save(into[(Header + (PeerSheet.Count * PeerState.Size))..]);
    }

    /// <summary>Takes what was saved. False, and nothing is changed, when that is of another layout or cut short.</summary>
    public bool Load(ReadOnlySpan<byte> from)
    {
        if (from.Length != SavedSize || from[0] != Layout || Unsafe.SizeOf<PeerState>() != PeerState.Size) return false;
        _began = BinaryPrimitives.ReadInt64LittleEndian(from[1..]);
        var states = from.Slice(Header, PeerSheet.Count * PeerState.Size);
        states.CopyTo(MemoryMarshal.AsBytes(_states.AsSpan()));
        Rates.Load(from[(Header + states.Length)..]);
        return true;
    }
}

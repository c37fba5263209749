using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// A shared mapping with one 64-byte slot for each lane of a probe. The probe writes there which call on which device it enters; the agent
/// looks only when a deadline has passed or the probe has died. Frames for that would cost more than the sweep.
/// </summary>
internal sealed unsafe class CallSlots : IDisposable
{
    private const int Lanes = 3;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Slot* _slots;

    private CallSlots(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, Lanes * sizeof(Slot));
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _slots = (Slot*)start;
    }

    public static CallSlots Create(string path)
    {
        File.Delete(path);
        return new CallSlots(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, Lanes * sizeof(Slot)));
    }

    public static CallSlots Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open));

    /// <summary>The text of a device or call as a slot keeps it: cut at 20 bytes, filled with zeroes.</summary>
    public static byte[] Tag(string text)
    {
        var tag = new byte[Slot.TagSize];
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, tag.Length)), tag);
        return tag;
    }

    /// <summary>Says that a call begins.</summary>
    /// <param name="lane">Whose slot.</param>
    /// <param name="device">Tag of the PCI address, or of "-".</param>
    /// <param name="call">Tag of the call group.</param>
    /// <param name="timestamp">Monotonic time in the units of TimeProvider.System.</param>
    /// <param name="deadlineMilliseconds">After which the agent gives up on it.</param>
    public void Enter(ProbeLane lane, ReadOnlySpan<byte> device, ReadOnlySpan<byte> call, long timestamp, int deadlineMilliseconds)
    {
        var slot = _slots + (int)lane;
        Volatile.Write(ref slot->Start, 0);
        Interlocked.MemoryBarrier(); // on arm64 the writes below could be seen before that one
        device.CopyTo(new Span<byte>(slot->Device, Slot.TagSize));
        call.CopyTo(new Span<byte>(slot->Call, Slot.TagSize));
        slot->DeadlineMilliseconds = deadlineMilliseconds;
        slot->Sequence++;
        Volatile.Write(ref slot->Start, timestamp);
    }

    /// <summary>Says that the call has returned.</summary>
    public void Leave(ProbeLane lane) => Volatile.Write(ref (_slots + (int)lane)->Start, 0);

    /// <summary>The call that a lane is in; null when it is in none.</summary>
    public CallInFlight? Read(ProbeLane lane)
    {
        var slot = _slots + (int)lane;
        var start = Volatile.Read(ref slot->Start);
        if (start == 0) return null;
        var sequence = Volatile.Read(ref slot->Sequence);
        var call = new CallInFlight(Text(slot->Device), Text(slot->Call), start, TimeSpan.FromMilliseconds(slot->DeadlineMilliseconds));
        Interlocked.MemoryBarrier(); // or the texts above could be read after the look below
        var isSame = Volatile.Read(ref slot->Start) == start && Volatile.Read(ref slot->Sequence) == sequence;
        return isSame ? call : null;
    }

    /// <summary>How many calls a lane has begun, and whether it is in one now. Allocates nothing.</summary>
    public (uint Begun, bool IsInCall) Progress(ProbeLane lane)
        => (Volatile.Read(ref _slots[(int)lane].Sequence), Volatile.Read(ref _slots[(int)lane].Start) != 0);

    /// <summary>The first lane's call that is past its deadline; null when there is none. Allocates only then.</summary>
    public CallInFlight? Overdue(TimeProvider time)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            var start = Volatile.Read(ref _slots[lane].Start);
            if (start == 0 || time.GetElapsedTime(start).TotalMilliseconds < _slots[lane].DeadlineMilliseconds) continue;
            if (Read((ProbeLane)lane) is { } call && call.Start == start) return call;
        }

        return null;
    }

    /// <summary>
    /// How long until the first call in flight passes its deadline, in whole milliseconds and at least one; for ever when there is none.
    /// </summary>
    public TimeSpan UntilOverdue(TimeProvider time)
    {
        var least = TimeSpan.MaxValue;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var start = Volatile.Read(ref _slots[lane].Start);
            if (start == 0) continue;
            var rest = Math.Ceiling(_slots[lane].DeadlineMilliseconds - time.GetElapsedTime(start).TotalMilliseconds);
            if (TimeSpan.FromMilliseconds(Math.Max(rest, 1)) is var wait && wait < least) least = wait;
        }

        return least;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static string Text(byte* tag)
    {
        var bytes = new ReadOnlySpan<byte>(tag, Slot.TagSize);
        var end = bytes.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public const int TagSize = 20;

        public long Start;
        public uint Sequence;
        public int DeadlineMilliseconds;
        public fixed byte Device[TagSize];
        public fixed byte Call[TagSize];
        private readonly long _reserved;
    }
}

/// <summary>A vendor call that has not returned.</summary>
/// <param name="Device">PCI address, or "-" for a call that concerns no single device.</param>
/// <param name="Call">Name of the call group.</param>
/// <param name="Start">Monotonic timestamp of its begin.</param>
/// <param name="Deadline">How long it may take.</param>
internal sealed record CallInFlight(string Device, string Call, long Start, TimeSpan Deadline);

using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Sampling;

/// <summary>The devices of a probe by ordinal, shared by its lanes.</summary>
internal sealed class DeviceTable(IReadOnlyList<DeviceFrame> inventory)
{
    private readonly byte[][] _tags = [.. inventory.Select(row => CallSlots.Tag(row.Device.PciAddress))];
    private readonly bool[] _reachable = [.. inventory.Select(row => row.Absence == NoDataReason.None)];
    private readonly bool[] _answered = [.. inventory.Select(row => row.Absence == NoDataReason.None)];

    private readonly bool[] _whole = [.. inventory.Select(row => row.Device.Partition is null)];

    public int Count => _tags.Length;

    public ReadOnlySpan<byte> TagOf(int ordinal) => _tags[ordinal];

    /// <summary>A handle was had when the inventory was taken.</summary>
    public bool IsReachable(int ordinal) => _reachable[ordinal];

    /// <summary>A card, not a part of one.</summary>
    public bool IsWhole(int ordinal) => _whole[ordinal];

    /// <summary>Notes whether the last fast sample of a device carried any value.</summary>
    public void Answered(int ordinal, bool hasValues) => Volatile.Write(ref _answered[ordinal], hasValues);

    public bool IsAnswering(int ordinal) => Volatile.Read(ref _answered[ordinal]);

    /// <summary>True when any device gave a handle.</summary>
    public bool HasReachable => Array.IndexOf(_reachable, true) >= 0;

    /// <summary>True when there are devices that gave a handle, and not one of them answers.</summary>
    public bool IsSilent
    {
        get
        {
            var isAnyReachable = false;
            for (var ordinal = 0; ordinal < Count; ordinal++)
            {
                if (IsAnswering(ordinal)) return false;
                isAnyReachable |= IsReachable(ordinal) && IsWhole(ordinal);
            }

            return isAnyReachable;
        }
    }
}

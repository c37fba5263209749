using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Takes what <see cref="ProcessFrame"/> wrote.</summary>
internal static class ProcessFrameReader
{
    /// <summary>False when the payload is broken or names an unknown reason or kind.</summary>
    /// <param name="payload">Of a frame of type Processes.</param>
    /// <param name="into">Room for <see cref="ProcessFrame.Most"/>.</param>
    /// <param name="list">What was read.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, Span<DeviceProcess> into, out ProcessList list)
    {
        var reader = new PayloadReader(payload);
        var ordinal = reader.UInt16();
        var absence = reader.UInt16();
        reader.Int64();
        var total = reader.UInt16();
        var listed = reader.UInt16();
        list = new ProcessList(ordinal, (NoDataReason)absence, total, listed);
        if (reader.IsBroken || absence > (int)NoDataReason.Excluded || listed > into.Length || listed > total) return false;
        for (var i = 0; i < listed; i++)
        {
            into[i] = new DeviceProcess(reader.Int32(), reader.Int64(), (DeviceProcessKind)reader.Byte());
            if (into[i].Kind > DeviceProcessKind.Shared || into[i].Pid <= 0 || into[i].MemoryBytes < -1) return false;
        }

        return !reader.IsBroken;
    }
}

/// <summary>The head of a list of processes.</summary>
/// <param name="Ordinal">The device's number in the inventory of the probe that sent it.</param>
/// <param name="Absence">Why there is no list; None when there is one.</param>
/// <param name="Total">How many processes the driver told of.</param>
/// <param name="Listed">How many of them the list has.</param>
internal readonly record struct ProcessList(ushort Ordinal, NoDataReason Absence, int Total, int Listed);

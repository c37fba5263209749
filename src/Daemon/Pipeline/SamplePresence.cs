using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What a fast sample says of a device's presence.</summary>
internal static class SamplePresence
{
    /// <summary>
    /// Why nothing at all could be read; None when anything could. A card that answers "lost" to one call answers it to all; else the reason
    /// that all readings share. What card or driver never offers says nothing about now.
    /// </summary>
    public static NoDataReason WhollyAbsent(ReadOnlySpan<Reading> readings)
    {
        var (card, shared) = (NoDataReason.None, NoDataReason.None);
        foreach (ref readonly var reading in readings)
        {
            if (reading.HasValue) return NoDataReason.None;
            if (reading.Absence is NoDataReason.DeviceLost or NoDataReason.ResetRequired or NoDataReason.DriverNotLoaded) card = reading.Absence;
            if (reading.Absence is NoDataReason.NotSupported or NoDataReason.SymbolMissing) continue;
            shared = shared == NoDataReason.None || shared == reading.Absence ? reading.Absence : NoDataReason.Invalid;
        }

        if (card != NoDataReason.None) return card;
        if (shared != NoDataReason.None) return shared;
        return readings.IsEmpty ? NoDataReason.Invalid : readings[0].Absence;
    }
}

using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>
/// What rules about a device's own signals ask of it. Of a device that is not measured nothing is concluded, and a reading that is missing makes
/// the rule withhold its verdicts, so that neither raises nor clears.
/// </summary>
internal static class SubjectReadings
{
    /// <summary>A signal's value; without one the verdicts are withheld.</summary>
    public static bool TryRead(this in Subject subject, SignalId signal, Verdicts verdicts, out double value)
    {
        value = 0;
        if (subject.IsMeasured() && subject.Device.TryGet(signal, out value)) return true;
        verdicts.Withhold();
        return false;
    }

    /// <summary>The same of one of several alike: one that the device does not have is passed over, one that fails to answer withholds.</summary>
    public static bool TryRead(this in Subject subject, SignalId signal, ushort instance, Verdicts verdicts, out double value)
    {
        var last = subject.Device.Last(signal, instance);
        value = last.Value;
        if (last.HasValue && subject.IsMeasured()) return true;
        if (!last.IsMissingForGood() || !subject.IsMeasured()) verdicts.Withhold();
        return false;
    }

    /// <summary>How a counter grew within the window that ends now; without a reading the verdicts are withheld.</summary>
    public static bool TryGrow(this in Subject subject, SignalId signal, TimeSpan window, Verdicts verdicts, out Growth growth)
    {
        growth = subject.Device.Growth(signal, window, subject.Now);
        return subject.TryRead(signal, verdicts, out _);
    }

    /// <summary>The same of one of several alike.</summary>
    public static bool TryGrow(this in Subject subject, SignalId signal, ushort instance, TimeSpan window, Verdicts verdicts, out Growth growth)
    {
        growth = subject.Device.Growth(signal, window, subject.Now, instance);
        return subject.TryRead(signal, instance, verdicts, out _);
    }

    /// <summary>Samples of the device flow.</summary>
    public static bool IsMeasured(this in Subject subject) => subject.Device.Presence == DevicePresence.Measured;

    /// <summary>
    /// It works for somebody: as busy as asked for, or, where parts of the card hide how busy it is, at its fastest state and not idle by its own
    /// word.
    /// </summary>
    public static bool IsUnderLoad(this in Subject subject, double least)
    {
        if (!subject.IsMeasured()) return false;
        if (subject.Device.TryGet(SignalId.UtilizationGpu, out var busy)) return busy >= least;
        return subject.Device.TryGet(SignalId.PerformanceState, out var state) && state == 0
            && subject.Device.TryGet(SignalId.ClockEventIdle, out var idle) && idle == 0;
    }

    /// <summary>A number of a signal against its threshold, as of its last reading.</summary>
    public static Evidence Seen(
        this in Subject subject, SignalId signal, string what, double value, double? threshold, string unit = "", ushort instance = 0)
        => new(what, value, threshold, unit, "", subject.Device.Signal(signal).ReadAt(instance));

    private static bool IsMissingForGood(this in Reading reading)
        => reading.Absence is NoDataReason.NotSupported or NoDataReason.SymbolMissing or NoDataReason.LibraryMissing or NoDataReason.NoPermission;
}

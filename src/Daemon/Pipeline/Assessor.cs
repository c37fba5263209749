using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Takes the samples one after the other: the device's last readings, its presence and its account follow from them.</summary>
internal sealed class Assessor(SampleQueue samples, NodeView view, EventQueue events, TimeProvider time)
{
    private long _turns;

    /// <summary>Samples taken so far; the watchdog looks at it.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    public async Task RunAsync()
    {
        while (await samples.WaitAsync())
        {
            while (TakeOne())
            {
                // All that stand there now.
            }
        }
    }

    /// <summary>Takes the next sample; false when there is none.</summary>
    public bool TakeOne()
    {
        if (!samples.TryTake(out var sample)) return false;
        Take(sample);
        samples.Return(sample);
        Interlocked.Increment(ref _turns);
        return true;
    }

    private void Take(Sample sample)
    {
        if (sample.Device is not { } device || view.Find(device.Id) is not { } known) return;
        if (!known.Apply(sample)) return;
        if (sample.Group != SampleGroup.Fast) return;
        Judge(known, sample);
        known.Account.Take(sample, known.Workloads, view.Accounts);
    }

    private void Judge(DeviceView known, Sample sample)
    {
        var absence = WhollyAbsent(sample.Readings);
        var before = known.Presence;
        // A part that answers nothing while its card does was most likely taken away: the next inventory knows. With its card, it follows.
        if (absence != NoDataReason.None && known.Device.Partition is { } part && view.Find(part.Parent)?.Presence.Presence == DevicePresence.Measured) return;
        var presence = absence == NoDataReason.None ? DevicePresence.Measured : PresenceText.Of(absence);
        if (before.Presence == presence && before.Reason == absence) return;
        var now = new PresenceState(presence, absence, PresenceText.Detail(absence), time.GetUtcNow());
        var isFirst = before == PresenceState.NotYetKnown && presence == DevicePresence.Measured; // as it should be: no news
        if (known.Become(now) && !isFirst) events.Add(PresenceText.Event(known, before, now, view.Node.BootId));
    }

    /// <summary>
    /// Why nothing at all could be read; None when anything could. A card that answers "lost" to one call answers it to all; else the reason
    /// that all readings share. What card or driver never offer says nothing about now.
    /// </summary>
    private static NoDataReason WhollyAbsent(ReadOnlySpan<Reading> readings)
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

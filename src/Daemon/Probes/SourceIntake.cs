using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;
using Forewarn.Daemon.Workloads;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes;

/// <summary>Turns what the probes of one source send, and what becomes of them, into samples, events and the node's view.</summary>
internal sealed class SourceIntake(
    SourceEntry entry, SourceView source, NodeView view, SampleQueue samples, EventQueue events, Inventory inventory,
    WorkloadTracker workloads, TimeProvider time)
{
    /// <summary>Own figure: as often as the kernel log is tried again; the look reads three files a function of the bus, and only while the source is unavailable.</summary>
    private static readonly TimeSpan LooksAtBus = TimeSpan.FromSeconds(30);

    /// <summary>Generations up to this one belong to probes that were ended for a device; set before its presence is.</summary>
    private uint _newest;

    private (SourceState State, NoDataReason Reason, string Detail) _reported;

    private volatile bool _isDriverGone;

    private bool _isMissedKnown;

    private long _lookedAtBus;

    private DateTimeOffset _waitedFor = DateTimeOffset.MaxValue;
    private long _waitedSince;

    /// <summary>A driver is there, but the service's sandbox hides it; only a restart of the unit lets it in.</summary>
    public string? SandboxDenial { get; private set; }

    public SourceView Source => source;

    public SourceEntry Entry => entry;

    public string BootId => view.Node.BootId;

    public SampleQueue Samples => samples;

    public TimeProvider Time => time;

    /// <summary>Before the first probe: what was seen earlier in this boot is shown and expected, so that it is missed if it does not come.</summary>
    public void Recall()
    {
        foreach (var device in inventory.Remembered(entry.Vendor)) view.Upsert(device, source);
        source.Expected = Expected();
    }

    public IFrameSink SinkFor(ProbeProcess probe)
    {
        _newest = Math.Max(_newest, probe.Settings.Generation);
        return new ProbeSink(probe, this);
    }

    /// <summary>
    /// False when numbers in the probe's frames mean something else than here: it is ended, and nothing of it is believed. Another build whose numbers mean
    /// the same measures on, and is told once. One that does not say its build, as the earliest do not, has none.
    /// </summary>
    public bool Understands(ProbeBuild build, ProbeProcess probe)
    {
        var own = ProbeBuild.Own;
        var words = build == own ? "" : $"the probe is of {(build == default ? "a build that it does not say" : $"build {build}")}, the agent of {own}: an upgrade was not finished; restart the agent";
        var isNews = words.Length > 0 && words != source.OtherBuild;
        source.OtherBuild = words;
        if (build.Numbers == own.Numbers)
        {
            if (isNews) Happened(HealthEventKind.SourceChanged, null, 0, words, time.GetUtcNow());
            return true;
        }

        CannotOpen(NoDataReason.Invalid, words, sandboxDenied: false, probe);
        probe.Stop();
        return false;
    }

    public void Opened(string driverVersion, string libraryVersion)
    {
        // Another version, or one that comes after there was none: its counters begin anew, and with it what waits for its load.
        if (_isDriverGone || source.DriverVersion.Length > 0 && source.DriverVersion != driverVersion) source.DriverLoaded = time.GetUtcNow();
        _isDriverGone = false;
        source.DriverVersion = driverVersion;
        source.LibraryVersion = libraryVersion;
    }

    public void CannotOpen(NoDataReason reason, string detail, bool sandboxDenied, ProbeProcess probe)
    {
        probe.Refusal = (reason, detail);
        if (sandboxDenied) SandboxDenial = detail;
    }

    /// <summary>Takes a device of a fresh inventory; the view's own object is what samples refer to.</summary>
    public DeviceView Found(DeviceFrame row)
    {
        var told = UnderItsCard(row.Device);
        var before = view.Find(told.Id);
        if (row.IsPartial && (before?.Device ?? inventory.Known(told)) is { } earlier) told = KnownDevice.Fill(told, earlier);
        var isNew = told.Partition is not null && before is null && source.LastSuccess != default; // at the start all are
        var known = view.Upsert(told.Partition is null ? inventory.Recall(told) : told, source);
        if (isNew) Happened(HealthEventKind.PartitionsChanged, known.Device, 0, $"{PartText(known.Device)} was found", time.GetUtcNow());
        if (row.Absence != NoDataReason.None) Become(known, PresenceText.Of(row.Absence), row.Absence, row.Detail);
        return known;
    }

    /// <summary>The card comes before its parts. One that did not say its uuid this time is known by it all the same, and they are its own.</summary>
    private Device UnderItsCard(Device told)
        => told.Partition is { Parent.IsProvisional: true } part && Cards().FirstOrDefault(card => card.Device.PciAddress == told.PciAddress) is { } card
            ? told with { Partition = part with { Parent = card.Device.Id } } : told;

    /// <summary>A whole inventory was taken: what is missing from it though it was there in this boot is lost.</summary>
    /// <param name="found">Every device in it.</param>
    /// <param name="reached">Those that gave a handle and answered every question, and those that the driver leaves alone: of neither is a part overlooked.</param>
    /// <param name="partly">Those that gave a handle and left a question open, of their parts maybe.</param>
    /// <param name="settings">Of the probe that took it.</param>
    public void InventoryTaken(IReadOnlyList<DeviceView> found, IReadOnlyList<DeviceView> reached, IReadOnlyList<DeviceView> partly, ProbeSettings settings)
    {
        if (settings.Only is not null) return;
        foreach (var (gone, came, inThisBoot) in inventory.Replaced([.. found.Where(one => one.IsWhole).Select(one => one.Device)])) Replaced(gone, came, inThisBoot);
        foreach (var device in inventory.Remember(entry.Declaration.Name, found.Where(one => one.IsWhole).Select(one => one.Device))) view.Upsert(device, source);
        foreach (var part in Mine().Where(known => !known.IsWhole && !found.Contains(known) && CardAnswers(known, reached)).ToList()) Remove(part);
        foreach (var known in Mine().Where(known => !found.Contains(known) && settings.Touches(known.Device.PciAddress) && (known.IsWhole || !CardAnswers(known, partly))))
            Become(known, DevicePresence.Lost, NoDataReason.DeviceLost, "was there earlier; neither the PCI bus nor the driver shows it now");
        source.Expected = Expected();
    }

    /// <summary>
    /// Another card is in the slot: the one that was there is not lost, and what was said of it does not hold of the new one. Within a boot the judge
    /// sees that for himself; here it is told of the boot before.
    /// </summary>
    private void Replaced(Device gone, Device came, bool inThisBoot)
    {
        if (view.Find(gone.Id) is { } old)
        {
            view.Remove(old);
            workloads.Forget(old);
        }

        if (!inThisBoot) Happened(HealthEventKind.DeviceReplaced, gone, 0, $"{Named(came)} is now at {came.PciAddress}, where {Named(gone)} was", time.GetUtcNow());
    }

    private static string Named(Device card) => $"{card.Id} (serial {(card.Serial.Length > 0 ? card.Serial : "unknown")})";

    /// <summary>
    /// The card of a part is there and answered in this inventory, so that the part is not lost but no more. Its presence may still be that of
    /// before a reset, which takes the parts: the first sample is yet to come.
    /// </summary>
    private static bool CardAnswers(DeviceView part, IReadOnlyList<DeviceView> reached) => reached.Any(card => card.Device.Id == part.Device.Partition!.Parent);

    private void Remove(DeviceView part)
    {
        view.Remove(part);
        workloads.Forget(part);
        Happened(HealthEventKind.PartitionsChanged, part.Device, 0, $"{PartText(part.Device)} was removed", time.GetUtcNow());
    }

    private static string PartText(Device part) => $"part {part.Index} ({part.Partition!.Profile}) of {part.Partition.Parent}";

    /// <summary>Who holds a device.</summary>
    public void Held(DeviceView device, ProcessList list, ReadOnlySpan<DeviceProcess> processes) => workloads.Told(device, list, processes);

    public void Happened(HealthEventKind kind, Device? device, long code, string text, DateTimeOffset when) => events.Add(new HealthEvent
    {
        Kind = kind,
        Device = device,
        Code = code,
        Text = text,
        BootId = BootId,
        FirstSeen = when,
        LastSeen = when,
        Source = source.Name,
    });

    public void DriverError(DeviceView? device, EventText announced)
        => Happened(announced.Kind, device?.Device, announced.Code, announced.Text, announced.When);

    public void ProbeEnded(ProbeProcess probe, ProbeEnd end)
    {
        if (end.IsRequest) return;
        source.CountRestart();
        Happened(HealthEventKind.ProbeDied, null, end.Signal, $"probe {probe.Pid} died with {end.Name}", time.GetUtcNow());
    }

    public void CallStalled(ProbeProcess probe, CallInFlight? call)
    {
        source.CountStall();
        source.CountRestart();
        var device = call is null ? null : Cards().FirstOrDefault(known => known.Device.PciAddress == call.Device);
        var text = call is null
            ? $"probe {probe.Pid} stopped without being in a call; it was ended"
            : $"call '{call.Call}' on {call.Device} did not return within {call.Deadline.TotalSeconds:0.###} s; probe {probe.Pid} was ended";
        Happened(HealthEventKind.CallStalled, device?.Device, 0, text, time.GetUtcNow());
    }

    /// <summary>Puts what the supervisor decided into the view; allocates only when something changed.</summary>
    /// <param name="supervisor">Has decided.</param>
    /// <param name="abandoned">How many ended probes the kernel keeps.</param>
    /// <param name="freshness">Of the periods in force now.</param>
    public void Report(ProbeSupervisor supervisor, int abandoned, Freshness freshness)
    {
        source.AbandonedProcesses = abandoned;
        source.Found = CountMeasured();
        if (_reported != supervisor.State) ReportState(supervisor.State);
        else if (_reported.State == SourceState.Unavailable && time.GetElapsedTime(_lookedAtBus) >= LooksAtBus) LookAtBus();
        if (supervisor.Suspects.Count > 0) ReportSuspects(supervisor.Suspects);
        ReportStale(freshness);
        if (!_isMissedKnown) ReportMissed();
    }

    /// <summary>
    /// A card that was ill before the node was booted and did not come back with it; asked once, when every card had its time to come. One that was taken
    /// out is told too: an operator clears what is said of it.
    /// </summary>
    private void ReportMissed()
    {
        if (_waitedFor != source.DriverLoaded) (_waitedFor, _waitedSince) = (source.DriverLoaded, time.GetTimestamp());
        if (time.GetElapsedTime(_waitedSince) < Inventory.Grace) return;
        _isMissedKnown = true;
        foreach (var card in inventory.Missed(entry.Declaration.Name, [.. Mine().Select(known => known.Device)]))
        {
            var known = view.Upsert(card, source);
            // Without a driver nobody can say; the next inventory does.
            if (source.IsUp) Become(known, DevicePresence.Lost, NoDataReason.DeviceLost, "was there in an earlier boot and was ill; neither the PCI bus nor the driver shows it now");
        }

        source.Expected = Expected();
    }

    /// <summary>Whatever the cause: what was not read for several periods is not what is.</summary>
    private void ReportStale(Freshness freshness)
    {
        foreach (var device in view.Devices)
        {
            if (device.Source != source || device.Presence.Presence != DevicePresence.Measured) continue;
            if (freshness.IsStale(device, SampleGroup.Fast, time))
                Become(device, DevicePresence.Unknown, NoDataReason.TimedOut, "no sample came for several periods");
            else if (freshness.IsStale(device, SampleGroup.Slow, time))
                device.Forget(SampleGroup.Slow);
        }
    }

    private void ReportState((SourceState State, NoDataReason Reason, string Detail) state)
    {
        var (before, now) = (_reported.State, time.GetUtcNow());
        _reported = state;
        if (state.Reason == NoDataReason.DriverNotLoaded) _isDriverGone = true;
        if (state.State == SourceState.Unavailable) LookAtBus();
        source.Status = new SourceStatus(state.State, state.Reason, state.Detail, now);
        if (state.State is SourceState.Starting or SourceState.Running or SourceState.Restarting && before is SourceState.Starting or SourceState.Running or SourceState.Restarting) return;
        Happened(HealthEventKind.SourceChanged, null, 0, state.Detail.Length == 0 ? $"{state.State}" : $"{state.State}: {state.Detail}", now);
        if (state.State is not (SourceState.Unavailable or SourceState.Held or SourceState.Released)) return;
        var presence = state.State == SourceState.Released ? DevicePresence.Excluded : DevicePresence.Unknown;
        foreach (var device in Mine())
        {
            device.BelieveFrom(_newest + 1);
            Become(device, presence, state.Reason, state.Detail);
        }
    }

    /// <summary>How many cards there are that nobody can read: one that is plugged in, or appears when its power comes, is missed too.</summary>
    private void LookAtBus()
    {
        _lookedAtBus = time.GetTimestamp();
        source.OnBus = inventory.Expected(PciDevices.List(view.Node.Root).Count(entry.Owns));
    }

    private void ReportSuspects(Dictionary<string, Suspect> suspects)
    {
        foreach (var suspect in suspects.Values)
        {
            if (suspect.Reported == suspect.Cause) continue;
            suspect.Reported = suspect.Cause;
            Suspect(suspect);
        }
    }

    /// <summary>The card, and with it its parts.</summary>
    private void Suspect(Suspect suspect)
    {
        Suspect(AtPlace(suspect.PciAddress), suspect);
        foreach (var part in Mine().Where(known => !known.IsWhole && known.Device.PciAddress == suspect.PciAddress)) Suspect(part, suspect);
    }

    private void Suspect(DeviceView device, Suspect suspect)
    {
        device.BelieveFrom(_newest + 1);
        if (suspect.IsStalled) Become(device, DevicePresence.Stalled, NoDataReason.Stalled, suspect.Cause);
        else Become(device, DevicePresence.Unknown, NoDataReason.Invalid, suspect.Cause);
    }

    private void Become(DeviceView device, DevicePresence presence, NoDataReason reason, string detail)
    {
        var before = device.Presence;
        var now = new PresenceState(presence, reason, detail, time.GetUtcNow());
        if (device.Become(now)) events.Add(PresenceText.Event(device, before, now, BootId));
    }

    /// <summary>A card that hung before it said who it is gets a provisional entry, so that it is not overlooked.</summary>
    private DeviceView AtPlace(string pciAddress)
        => Cards().FirstOrDefault(known => known.Device.PciAddress == pciAddress)
            ?? view.Upsert(inventory.Recall(new Device { Id = DeviceId.AtPci(pciAddress), Vendor = entry.Vendor, PciAddress = pciAddress }), source);

    private IEnumerable<DeviceView> Cards() => Mine().Where(device => device.IsWhole);

    /// <summary>What the driver was told to leave alone is on the bus, and nobody waits for it.</summary>
    private int Expected() => Math.Max(inventory.Expected(Cards().Count()) - Cards().Count(card => card.Presence.IsLeftAlone), 0);

    private IEnumerable<DeviceView> Mine() => view.Devices.Where(device => device.Source == source);

    private int CountMeasured()
    {
        var count = 0;
        foreach (var device in view.Devices)
        {
            if (device.Source == source && device.IsWhole && device.Presence.Presence == DevicePresence.Measured) count++;
        }

        return count;
    }
}

/// <summary>An announcement of the vendor library, decoded.</summary>
internal readonly record struct EventText(HealthEventKind Kind, long Code, string Text, DateTimeOffset When);

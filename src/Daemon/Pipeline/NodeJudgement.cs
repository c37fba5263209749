using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// The node before the judge: what the view holds goes in, assessments go back into the view, and what changed is kept until it is told. For the
/// assessment's thread alone; in the steady state it allocates nothing.
/// </summary>
internal sealed class NodeJudgement
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly NodeView _view;
    private readonly Judge _judge;
    private readonly TimeProvider _time;
    private readonly StoredFindings _stored;
    private readonly List<JudgedDevice> _devices = [];
    private readonly List<Transition> _changes = [];
    private readonly HashSet<DeviceId> _begun = [];
    private readonly MemoryKeeper _memories;
    private readonly LoggedDevices _logged;
    private readonly HashSet<string> _toldFaults = [];
    private readonly OwnFaults _faults = new();
    private SourceCount[] _counts = [];
    private bool _isNodeTouched;

    public NodeJudgement(NodeView view, Judge judge, StoredState stored, TimeProvider time)
    {
        (_view, _judge, _time, _stored) = (view, judge, time, new StoredFindings(stored.Findings));
        judge.Node.Remember(stored.Memories);
        _memories = new MemoryKeeper(stored.Memories);
        _logged = new LoggedDevices(view, judge, time);
        Recall(judge.Node.Self);
        _logged.Revive(stored);
        Show();
    }

    /// <summary>Takes what the site set for the rules, and which rows of the catalogues it changed.</summary>
    public void Configure(IReadOnlyDictionary<string, RuleSettings> settings, CatalogOverrides codes)
    {
        _judge.Configure(settings);
        _judge.Node.Overrides = codes;
    }

    /// <summary>Takes a sample that was believed; after a fast one the rules are asked.</summary>
    public void Take(DeviceView view, Sample sample)
    {
        if (!view.IsWhole || _logged.IsOurs(view)) return;
        var device = Of(view);
        var now = Now;
        FollowDrivers(); // first: what a new driver counts is not what was last read before it
        device.History.Take(sample, now);
        if (sample.Group == SampleGroup.Fast) Ask(device, now);
    }

    /// <summary>Takes an event; the rules are asked when the last of those that came together was taken.</summary>
    public void Take(in EventRecord record)
    {
        var happened = record.Event;
        if (happened is { Kind: HealthEventKind.DeviceReplaced, Device: { } gone }) Close(_stored.Take(gone.Id), happened.Text, Now);
        if (WholeOf(happened.Device) is { } view && !_logged.IsOurs(view)) Touch(Of(view), happened);
        else if (happened.Device is not { } named || !_logged.Take(named, happened, Now)) _judge.Node.Self.Take(happened, Now);
        _isNodeTouched = true;
    }

    /// <summary>Asks about every device to which something happened, and about the node.</summary>
    public void AskTouched()
    {
        if (!_isNodeTouched) return;
        var now = Now;
        foreach (var device in _devices)
        {
            if (device.IsTouched) Ask(device, now);
        }

        foreach (var history in _logged.Touched()) AskLogged(history, now);
        AskNode(now);
    }

    /// <summary>Asks about the devices that sent nothing for a second, since silence may be what is the matter, and about the node.</summary>
    public void AskQuiet()
    {
        var now = Now;
        FollowNode();
        foreach (var view in _view.Devices)
        {
            if (view.IsWhole && !_logged.IsOurs(view)) AskQuiet(view, now);
        }

        for (var i = _judge.Node.Devices.Count - 1; i >= 0; i--)
        {
            if (_judge.Node.Devices[i] is { IsLogged: true } history) AskLogged(history, now);
        }

        AskNode(now);
    }

    /// <summary>An operator clears what a rule says of a device, or of the node; false when it says nothing.</summary>
    public bool Clear(DeviceId id, string rule, long? key, string why)
    {
        var now = Now;
        if (_logged.Find(id) is { } logged)
        {
            var isCleared = _judge.Dismiss(logged, rule, key, why, now, _changes);
            _logged.Show(logged);
            return isCleared;
        }

        var view = _view.Find(id);
        if (view is null && id != DeviceId.Node) return _stored.Take(id, rule, key) is { Length: > 0 } gone && Close(gone, why, now);
        var isDone = _judge.Dismiss(view is null ? _judge.Node.Self : Of(view).History, rule, key, why, now, _changes);
        if (view is null) Show();
        else Show(Of(view));
        return isDone;
    }

    /// <summary>What is remembered of the node and its devices.</summary>
    /// <param name="isAll">Also what is as it was kept last.</param>
    public ImmutableDictionary<string, byte[]> Remember(bool isAll)
    {
        try
        {
            return isAll ? _memories.All(_judge.Node) : _memories.Changed(_judge.Node);
        }
#pragma warning disable CA1031 // What happened is told and stored all the same.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fails("writing what is remembered", fault);
            return ImmutableDictionary<string, byte[]>.Empty;
        }
    }

    /// <summary>Counts a defect of ours, which costs what it happened to and nothing else; it is told once.</summary>
    public void Fails(string what, Exception fault) => _faults.Take(what, fault);

    /// <summary>All findings that stand; those of devices that have not shown up yet among them.</summary>
    public ImmutableArray<Finding> Standing()
        => [.. _judge.Node.Devices.Append(_judge.Node.Self).SelectMany(history => _judge.AssessmentOf(history.Device.Id)?.Findings ?? []), .. _stored.Left];

    /// <summary>Appends what changed since this was last asked, as events, and forgets it.</summary>
    public void Drain(ICollection<HealthEvent> into)
    {
        foreach (var change in _changes)
        {
            if (IsNews(change)) into.Add(TransitionText.Event(change, _view.Node.BootId));
        }

        _changes.Clear();
        TellFaults(into);
    }

    /// <summary>A rule that fails costs its own word alone; that it does is told once.</summary>
    private void TellFaults(ICollection<HealthEvent> into)
    {
        while (_faults.Untold.TryDequeue(out var said)) into.Add(Faulty(said));
        if (_judge.Faults.Count == _toldFaults.Count) return;
        foreach (var (rule, fault) in _judge.Faults)
        {
            if (_toldFaults.Add(rule)) into.Add(Faulty($"rule {rule} fails and says nothing: {fault.Last.Message}"));
        }
    }

    private HealthEvent Faulty(string text) => new()
    {
        Kind = HealthEventKind.SourceChanged,
        Text = text,
        BootId = _view.Node.BootId,
        FirstSeen = Now,
        LastSeen = Now,
        Source = "rules",
    };

    /// <summary>The wall clock; the judge sees to it that a clock that is set reaches no rule.</summary>
    private DateTimeOffset Now => _time.GetUtcNow();

    private void Touch(JudgedDevice device, HealthEvent happened)
    {
        device.History.Take(happened, Now);
        device.IsTouched = true;
    }

    private void AskQuiet(DeviceView view, DateTimeOffset now)
    {
        try
        {
            var device = Of(view);
            if (device.AskedAt == 0 || _time.GetElapsedTime(device.AskedAt) >= AskAgain) Ask(device, now);
        }
#pragma warning disable CA1031 // Whatever is wrong with one device, the others are asked about.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fails($"the assessment of {view.Device.Id}", fault);
        }
    }

    private void Ask(JudgedDevice device, DateTimeOffset now)
    {
        (device.IsTouched, device.AskedAt) = (false, _time.GetTimestamp());
        device.FollowPresence(now);
        Evaluate(device.History, now);
        Show(device);
    }

    private void AskLogged(DeviceHistory history, DateTimeOffset now)
    {
        Recall(history);
        Evaluate(history, now);
        _logged.Show(history);
    }

    private void AskNode(DateTimeOffset now)
    {
        _isNodeTouched = false;
        Evaluate(_judge.Node.Self, now);
        Show();
    }

    private void Evaluate(DeviceHistory history, DateTimeOffset now)
    {
        try
        {
            _judge.Evaluate(history, now, _changes);
        }
#pragma warning disable CA1031 // Costs this turn's word of one device; the others are asked.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fails($"the assessment of {history.Device.Id}", fault);
        }
    }

    private void Show(JudgedDevice device) => device.View.Assessment = _judge.AssessmentOf(device.History.Device.Id);

    private void Show() => _view.Assessment = _judge.AssessmentOf(DeviceId.Node);

    /// <summary>What the rules may know of the node beside its devices.</summary>
    private void FollowNode()
    {
        var sources = _view.Sources;
        if (_counts.Length != sources.Length) _judge.Node.Sources = _counts = new SourceCount[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            var source = sources[i];
            var state = source.Status.State;
            _counts[i] = new SourceCount(source.Name, (int)source.Expected, (int)source.Found, source.IsUp)
            {
                Told = Told(source),
                IsReleased = state == SourceState.Released,
                IsHeld = state == SourceState.Held,
                Absence = state == SourceState.Unavailable ? source.Status.Reason : NoDataReason.None,
                Why = state == SourceState.Unavailable ? source.Status.Detail : "",
                IsOtherBuild = state == SourceState.Unavailable && source.OtherBuild.Length > 0,
                OnBus = source.OnBus,
            };
        }

        FollowDrivers();
        _judge.Node.Host = _view.Host;
        _judge.Node.IsLogRead = _view.KernelLog is not { Status.State: SourceState.Unavailable };
        _judge.Node.InMaintenance = _view.Maintenance is not null;
    }

    private void FollowDrivers()
    {
        foreach (var source in _view.Sources)
        {
            _judge.Node.DriverIs(source.Name, source.DriverVersion, Now);
            if (source.DriverLoaded > _judge.Node.DriverLoaded) _judge.Node.DriverLoaded = source.DriverLoaded;
        }
    }

    /// <summary>How many of its cards have findings that say why they do not answer.</summary>
    private int Told(SourceView source)
    {
        var told = 0;
        foreach (var view in _view.Devices)
        {
            if (view.Source == source && view.IsWhole && view.Presence.Presence is DevicePresence.Lost or DevicePresence.Stalled) told++;
        }

        return told;
    }

    /// <summary>What is remembered of a device; the node's history knows whether a new identity is another card.</summary>
    private JudgedDevice Of(DeviceView view)
    {
        foreach (var device in _devices)
        {
            if (device.View != view) continue;
            if (device.IsSame) return device;
            device.Follow(_judge.Node.Of(view.Device));
            _logged.Found(device.History);
            Recall(device.History);
            return device;
        }

        var added = new JudgedDevice(view, _judge.Node.Of(view.Device));
        _logged.Found(added.History);
        _devices.RemoveAll(device => !_view.Devices.Contains(device.View));
        _devices.Add(added);
        Recall(added.History);
        Show(added);
        return added;
    }

    /// <summary>The card itself, for a part of one; null for what happened to no device that is known.</summary>
    private DeviceView? WholeOf(Device? device) => device is null ? null : _view.Find(device.Partition?.Parent ?? device.Id);

    private void Recall(DeviceHistory history)
    {
        if (_stored.Take(history.Device.Id) is { Length: > 0 } findings) _judge.Recall(history, findings, Now, _changes);
    }

    /// <summary>Clears findings of a device that will not show up again.</summary>
    private bool Close(ImmutableArray<Finding> findings, string why, DateTimeOffset now)
    {
        foreach (var finding in findings)
        {
            var device = new Device { Id = finding.Device, Vendor = new Vendor(""), PciAddress = "", Serial = finding.Serial };
            _changes.Add(new Transition(HealthEventKind.FindingCleared, device, finding, HealthState.Unknown, HealthState.Unknown, why, now));
        }

        return true;
    }

    /// <summary>That a card is well when it is first looked at is as it should be.</summary>
    private bool IsNews(Transition change)
        => change.Kind != HealthEventKind.StateChanged || !_begun.Add(change.Device.Id) || change is not { Before: HealthState.Unknown, After: HealthState.Healthy };
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Replay;

/// <summary>The agent's own pipeline without its threads, on the clock of a recording.</summary>
internal sealed class ReplayedNode
{
    // A turn a second as in the agent. Where nothing is recorded for longer than the longest debounce, rules lose nothing by a turn each half
    // minute; what a day of silence has not changed, more of it does not.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Closely = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(1);

    private readonly SampleQueue _samples = new();
    private readonly Assessor _assessor;

    public ReplayedNode(string name, string bootId, DateTimeOffset start, IReadOnlyDictionary<string, RuleSettings> rules, CatalogOverrides codes)
    {
        Clock = new ReplayClock(start);
        Events = new EventQueue(Clock);
        // No folder: the cards of the machine that replays are none of the recorded one's.
        View = new NodeView(new NodeFacts { Name = name, BootId = bootId, Version = "", Root = "/dev/null", Started = start }, Clock);
        Source = new SourceView("recording", DriverErrorCatalog.Xid, start) { Status = new(SourceState.Running, NoDataReason.None, "", start), LastSuccess = start };
        View.Add(Source);
        // Long ago: a recording begins in the middle of a node's life, and a grace after the boot would hide what it is about.
        var judge = new Judge(new NodeHistory(bootId, start - TimeSpan.FromDays(1)), RuleList.All);
        judge.Configure(rules);
        judge.Node.Overrides = codes;
        _assessor = new Assessor(_samples, Events, View, new NodeJudgement(View, judge, StoredState.Empty, Clock), batch => Told(batch), Clock);
    }

    public ReplayClock Clock { get; }

    public EventQueue Events { get; }

    public NodeView View { get; }

    public SourceView Source { get; }

    /// <summary>Takes each batch that the pipeline hands over.</summary>
    public Action<EventBatch> Told { get; set; } = static _ => { };

    /// <summary>The device, there and measured: a log that names a card knows no more of it, and its end clears nothing.</summary>
    public DeviceView Find(Device device)
    {
        if (View.Find(device.Id) is { } known) return known;
        var view = View.Upsert(device, Source);
        view.Become(new PresenceState(DevicePresence.Measured, NoDataReason.None, "", Clock.GetUtcNow()));
        Source.Expected = Source.Found = View.Devices.Length;
        return view;
    }

    public Sample Rent() => _samples.Rent();

    public void Take(Sample sample)
    {
        _samples.Add(sample);
        _assessor.Turn();
    }

    public void Turn() => _assessor.Turn();

    /// <summary>Takes what is left: an event that goes on waits for its second, and there is none any more.</summary>
    public void End()
    {
        Events.Complete();
        Turn();
    }

    /// <summary>Takes what happened; the queue is emptied where it is full, since nobody else does.</summary>
    public void Happen(HealthEvent happened)
    {
        if (Events.Meter.Depth >= Events.Meter.Capacity) Turn();
        Events.Add(happened);
    }

    /// <summary>Lets time pass up to this, in the agent's steps.</summary>
    public void PassTo(DateTimeOffset time)
    {
        var from = Clock.GetUtcNow();
        for (var now = from; now < time; now = Clock.GetUtcNow())
        {
            var step = now - from < Closely ? Step : LongStep;
            if (now + step >= time || now - from >= LongestGap) break;
            Clock.MoveTo(now + step);
            _assessor.Turn();
        }

        Clock.MoveTo(time);
    }
}

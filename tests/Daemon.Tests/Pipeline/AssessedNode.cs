using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>The assessment of a node without its thread: a test says what is read and what happens, turns it, and looks at what was posted.</summary>
internal sealed class AssessedNode
{
    public AssessedNode(StoredState? stored = null, Maintenance? maintenance = null, ManualTimeProvider? time = null, params IHealthRule[] rules)
    {
        Time = time ?? new ManualTimeProvider();
        Events = new EventQueue(Time);
        Events.Recall(stored ?? StoredState.Empty);
        View = new NodeView(new NodeFacts { Name = "n1", BootId = "boot-1", Version = "1", Started = Time.GetUtcNow() }, Time) { Maintenance = maintenance };
        Source = new SourceView("nvml", DriverErrorCatalog.Xid, Time.GetUtcNow());
        View.Add(Source);
        Judge = new Judge(new NodeHistory("boot-1", Time.GetUtcNow() - TimeSpan.FromDays(1)), rules.Length == 0 ? RuleList.All : [.. rules]);
        Assessor = new Assessor(Samples, Events, View, new NodeJudgement(View, Judge, stored ?? StoredState.Empty, Time), Batches.Add, Time);
    }

    public ManualTimeProvider Time { get; }

    public SampleQueue Samples { get; } = new();

    public EventQueue Events { get; }

    public NodeView View { get; }

    public SourceView Source { get; }

    public Judge Judge { get; }

    public Assessor Assessor { get; }

    /// <summary>What was posted, in order.</summary>
    public List<EventBatch> Batches { get; } = [];

    /// <summary>Every event that was posted.</summary>
    public IEnumerable<HealthEvent> Posted => Batches.SelectMany(batch => batch.Events).Select(record => record.Event);

    /// <summary>What the rules raised and cleared, as "FindingRaised row-remap-failed".</summary>
    public IEnumerable<string> Findings => Posted.Where(happened => happened.Finding is not null).Select(happened => $"{happened.Kind} {happened.Finding!.Rule}");

    public DeviceView Find(string place, string id) => View.Upsert(Cards.At(place, id), Source);

    /// <summary>The card is read, and the assessment turns once.</summary>
    public AssessedNode Read(DeviceView card, params Reading[] readings) => Read(card, SampleGroup.Fast, 1, readings);

    public AssessedNode Read(DeviceView card, SampleGroup group, uint generation, params Reading[] readings)
    {
        var sample = Samples.Rent();
        (sample.Device, sample.Group, sample.Time, sample.Generation, sample.Arrived) = (card.Device, group, Time.GetUtcNow(), generation, Time.GetTimestamp());
        foreach (var reading in readings) Assert.True(sample.Add(reading));
        Samples.Add(sample);
        Assessor.Turn();
        return this;
    }

    /// <summary>Time passes, with a turn each second; nothing is read.</summary>
    public AssessedNode Pass(double seconds)
    {
        for (var left = seconds; left > 0; left--)
        {
            Time.Advance(TimeSpan.FromSeconds(Math.Min(1, left)));
            Assessor.Turn();
        }

        return this;
    }

    /// <summary>Something is done on the thread of the assessment, and waited for.</summary>
    public async Task<T> DoAsync<T>(Func<Assessor, Task<T>> command)
    {
        var done = command(Assessor);
        Assessor.Turn();
        return await done;
    }
}

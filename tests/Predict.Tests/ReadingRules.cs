using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests;

/// <summary>Four rules that stand for the kinds there are: a number with grades, a latched flag, events, and the device's presence.</summary>
internal sealed class ReadingRules
{
    public static IHealthRule[] All =>
    [
        new One("hot", Severity.Watch, 5, 20, Latch.None, static (in Subject subject, Verdicts verdicts) =>
        {
            if (!subject.Device.TryGet(SignalId.TemperatureGpu, out var hot)) verdicts.Withhold();
            else if (hot > 90) verdicts.Add(new Verdict(0, hot, 90) { Severity = hot > 105 ? Severity.Failing : hot > 97 ? Severity.Degraded : Severity.Watch });
        }),
        new One("flag", Severity.Failing, 0, 60, Latch.Reset, static (in Subject subject, Verdicts verdicts) =>
        {
            if (!subject.Device.TryGet(SignalId.RowRemapFailed, out var flag)) verdicts.Withhold();
            else if (flag > 0) verdicts.Add(new Verdict(0, flag, 0));
        }),
        new One("event", Severity.Degraded, 0, 30, Latch.Reset, static (in Subject subject, Verdicts verdicts) =>
        {
            for (var i = 0; i < subject.Device.Events.Count; i++)
            {
                var tally = subject.Device.Events[i];
                if (tally.InHour(subject.Device.Watched(subject.Now)) > 0) verdicts.Add(new Verdict(tally.Latest.Code, tally.Count, 0) { Last = tally.Last, Count = tally.Count });
            }
        }),
        new One("rate", Severity.Degraded, 3, 40, Latch.None, static (in Subject subject, Verdicts verdicts) =>
        {
            var grown = subject.Device.Increase(SignalId.EccCorrected, TimeSpan.FromSeconds(60), subject.Now);
            if (grown > 600) verdicts.Add(new Verdict(0, grown, 600));
        }),
        new One("away", Severity.Failed, 3, 10, Latch.None, static (in Subject subject, Verdicts verdicts) =>
        {
            if (subject.Device.Presence == DevicePresence.Lost) verdicts.Add(new Verdict(0, 1, 0));
        }),
    ];

    private delegate void Question(in Subject subject, Verdicts verdicts);

    private sealed class One(string name, Severity severity, double debounce, double clearAfter, Latch latch, Question question) : IHealthRule
    {
        public RuleSheet Sheet { get; } = new()
        {
            Name = name,
            Title = name,
            Doc = name,
            Severity = severity,
            Actions = RecommendedActions.None,
            Latch = latch,
            Debounce = Delay.Debounce(TimeSpan.FromSeconds(debounce), "test"),
            ClearAfter = Delay.ClearAfter(TimeSpan.FromSeconds(clearAfter), "test"),
            ClearedBy = "",
            Probability = default,
            ProbabilityOrigin = "test",
        };

        public void Evaluate(in Subject subject, Verdicts verdicts)
        {
            if (subject.Device.Presence == DevicePresence.Measured || name == "away") question(in subject, verdicts);
            else verdicts.Withhold();
        }

        public Wording Word(in Subject subject, in Verdict verdict) => new($"{name} {verdict.Value:0}", []);
    }
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests;

/// <summary>A rule that says what a test lets it say.</summary>
internal sealed class SaidRule(string name = "said", RuleScope scope = RuleScope.Device) : IHealthRule
{
    private readonly List<Verdict> _holds = [];

    public RuleSheet Sheet { get; init; } = new()
    {
        Name = name,
        Title = name,
        Doc = name,
        Scope = scope,
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.None),
        ClearedBy = "nothing",
        Probability = new(0.1, 0.2, 0.3),
        ProbabilityOrigin = "test",
    };

    /// <summary>What holds of every device from now on.</summary>
    public Verdict[] Holds
    {
        set
        {
            _holds.Clear();
            _holds.AddRange(value);
        }
    }

    public bool IsWithheld { get; set; }

    public bool IsBroken { get; set; }

    public int Asked { get; private set; }

    public int Worded { get; private set; }

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Asked++;
        if (IsBroken) throw new InvalidOperationException("broken");
        if (IsWithheld) verdicts.Withhold();
        foreach (var verdict in _holds) verdicts.Add(in verdict);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        Worded++;
        return new($"{verdict.Value} over {verdict.Threshold}", [new("number", verdict.Value, verdict.Threshold, "", "", subject.Now)]);
    }
}

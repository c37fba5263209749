using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>
/// What every rule about a card's signals must do, its own or held against its siblings', whatever it is about. A test of a rule says how the card
/// reads while it is well, just not ill, and ill.
/// </summary>
public abstract class RuleContract
{
    private readonly IHealthRule _rule;
    private readonly Severity _severity;
    private readonly TimeSpan _step;
    private readonly TimeSpan _soon;
    private readonly int _cards;
    private readonly Dictionary<(SignalId, ushort), double> _counts = [];

    /// <param name="rule">The rule.</param>
    /// <param name="severity">As which it is raised.</param>
    /// <param name="step">Seconds from one reading to the next.</param>
    /// <param name="soon">Seconds within which it must be raised.</param>
    /// <param name="cards">Cards of the node; the rule is asked about the first.</param>
    private protected RuleContract(IHealthRule rule, Severity severity, double step = 60, double soon = 300, int cards = 1)
    {
        (_rule, _severity, _step, _soon, _cards) = (rule, severity, TimeSpan.FromSeconds(step), TimeSpan.FromSeconds(soon), cards);
        Node = Fresh();
    }

    internal string RuleName => _rule.Sheet.Name;

    private TimeSpan ClearAfter => TimeSpan.FromSeconds(_rule.Sheet.ClearAfter.Default);

    protected enum Condition
    {
        Well,
        JustBelow,
        Ill,
        Absent,
    }

    private protected TestNode Node { get; private set; }

    /// <summary>Counts that the card had before it was first read.</summary>
    protected virtual double First => 50;

    /// <summary>How long the card is read while it is well before it may fall ill; a reading, unless the rule has habits to learn.</summary>
    protected virtual TimeSpan Acquaintance => _step;

    /// <summary>Long enough for every window of the rule to be empty, and then to clear.</summary>
    protected virtual TimeSpan Healing => 2 * ClearAfter + TimeSpan.FromMinutes(30);

    /// <summary>What was remembered is lost in the restart, findings apart, and the rule bears it; false where it lives by what it remembers.</summary>
    protected virtual bool IsMemoryLost => true;

    /// <summary>Reads everything that the rule looks at, once.</summary>
    protected abstract void Read(Condition condition);

    [Fact]
    public void It_is_raised_when_it_holds()
    {
        Live(Condition.Well, _soon);
        Assert.Empty(Node.Findings());
        Live(Condition.Ill, _soon);
        Assert.NotEmpty(Node.Findings());
        Assert.All(Node.Findings(), finding =>
        {
            Assert.Equal(_rule.Sheet.Name, finding.Rule);
            Assert.Equal(_severity, finding.Severity);
            Assert.NotEmpty(finding.Summary);
            // A value, or the word that there is none.
            Assert.All(finding.Evidence, evidence => Assert.True(evidence is { Value: not null, What.Length: > 0 } or { Threshold: null, What.Length: > 0 } && evidence.At > TestNode.Start));
            Assert.NotNull(finding.Evidence[0].Value);
        });
    }

    [Fact]
    public void It_is_not_raised_just_below()
    {
        Live(Condition.JustBelow, 3 * _soon);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void It_clears_when_its_cause_is_gone()
    {
        BecomeIll();
        Live(Condition.Well, Healing);
        Heal();
    }

    [Fact]
    public void It_survives_a_restart_of_the_agent()
    {
        BecomeIll();
        var (before, now) = (Node.Findings(), Node.Now);
        if (IsMemoryLost)
        {
            Node = Fresh().Leap(now - TestNode.Start);
            Node.Judge.Recall(Node.Card(0), before, Node.Now);
        }
        else
        {
            Node.Restart().Transitions.Clear();
        }

        Node.Pass(60);
        Assert.Equal(before.Select(finding => finding.Key), Node.Findings().Select(finding => finding.Key));
        Live(Condition.Ill, _soon);
        Assert.Equal(before.Select(finding => finding.FirstSeen), Node.Findings().Select(finding => finding.FirstSeen));
        Assert.DoesNotContain(Node.Transitions, transition => transition.Kind == HealthEventKind.FindingRaised);
        Live(Condition.Well, Healing);
        Heal();
    }

    [Fact]
    public void A_reset_of_the_counters_raises_nothing()
    {
        Live(Condition.Well, _soon);
        Restart(count => 0);
        Live(Condition.Well, _soon);
        Assert.Empty(Node.Findings());
        Restart(count => count * 170 + First * 170); // as a change of software did on Summit
        Live(Condition.Well, _soon);
        Assert.DoesNotContain(Node.Transitions, transition => transition.Finding?.Severity > Severity.Watch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_own_counters_may_fall_while_it_stands(bool isNewGeneration)
    {
        BecomeIll();
        var before = Node.Findings().Select(finding => (finding.Key, finding.FirstSeen)).Order().ToList();
        Node.Transitions.Clear();
        Fall(count => 0, isNewGeneration);
        Read(Condition.Well);
        Assert.Equal(before, Node.Ask().Findings().Select(finding => (finding.Key, finding.FirstSeen)).Order());
        Live(Condition.Well, _soon);
        Assert.DoesNotContain(Node.Transitions, transition => transition.Kind == HealthEventKind.FindingRaised);
        Assert.Subset(before.ToHashSet(), Node.Findings().Select(finding => (finding.Key, finding.FirstSeen)).ToHashSet());
    }

    [Fact]
    public void What_cannot_be_read_raises_nothing_and_clears_nothing()
    {
        Live(Condition.Absent, _soon);
        Assert.Empty(Node.Findings());
        BecomeIll();
        Live(Condition.Absent, Healing);
        Assert.NotEmpty(Node.Findings());
        Node.Become(Node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost);
        Live(Condition.Well, Healing);
        Assert.NotEmpty(Node.Findings());
    }

    [Fact]
    public void Its_sheet_tells_where_each_number_comes_from()
    {
        var sheet = _rule.Sheet;
        Assert.All([sheet.Title, sheet.Doc, sheet.ClearedBy, sheet.ProbabilityOrigin], text => Assert.NotEmpty(text));
        Assert.InRange(sheet.Probability.OneHour, 0, sheet.Probability.OneDay);
        Assert.InRange(sheet.Probability.OneDay, 0, sheet.Probability.SevenDays);
        Assert.InRange(sheet.Probability.SevenDays, 0, 1);
        Assert.All(sheet.Numbers, threshold =>
        {
            Assert.InRange(threshold.Default, threshold.Least, threshold.Most);
            Assert.All([threshold.Name, threshold.Doc, threshold.Origin], text => Assert.NotEmpty(text));
        });
        Assert.Equal(sheet.Numbers.Length, sheet.Numbers.Select(threshold => threshold.Name).Distinct().Count());
        Assert.Contains(RuleList.All, rule => rule.Sheet.Name == sheet.Name);
    }

    /// <summary>Reads and asks for so long; each five seconds, or each minute where days pass.</summary>
    private protected void Live(Condition condition, TimeSpan time)
    {
        for (var end = Node.Now + time; Node.Now < end;)
        {
            Read(condition);
            var pause = TimeSpan.FromSeconds(Math.Min(time > TimeSpan.FromHours(3) ? 60 : 5, _step.TotalSeconds));
            for (var next = Node.Now + _step; Node.Now < next;) Node.Leap(pause);
        }
    }

    private protected void BecomeIll()
    {
        Live(Condition.Well, Acquaintance); // a first reading: what a counter shows then came before
        Live(Condition.Ill, _soon);
        Assert.NotEmpty(Node.Findings());
    }

    /// <summary>Another value of the card's counters, as after a reset or a load of the driver.</summary>
    private protected void Restart(Func<double, double> now) => Fall(now, isNewGeneration: true);

    /// <summary>The same, told by the source as a new generation or seen by the counters alone. What was read as it stands (<see cref="Put(Condition, SignalId, double, ushort)"/>) falls as the card is read well.</summary>
    private void Fall(Func<double, double> now, bool isNewGeneration)
    {
        foreach (var key in _counts.Keys) _counts[key] = now(_counts[key]);
        if (isNewGeneration) Node.Reset(0);
    }

    /// <summary>A reading of a level, or none.</summary>
    private protected void Put(Condition condition, SignalId signal, double well, double justBelow, double ill, ushort instance = 0)
        => Put(condition, signal, condition switch { Condition.Ill => ill, Condition.JustBelow => justBelow, _ => well }, instance);

    /// <summary>A reading of a counter that grows by so many a minute while the card is well, just not ill, and ill; or none.</summary>
    private protected void Count(Condition condition, SignalId signal, double well, double justBelow, double ill, ushort instance = 0)
    {
        var perMinute = condition switch { Condition.Ill => ill, Condition.JustBelow => justBelow, _ => well };
        var count = _counts.GetValueOrDefault((signal, instance), First) + perMinute * _step.TotalMinutes;
        Put(condition, signal, _counts[(signal, instance)] = count, instance);
    }

    private protected void Put(Condition condition, SignalId signal, double value, ushort instance = 0)
        => Node.Read(0, condition == Condition.Absent ? Reading.None(signal, NoDataReason.Invalid, instance) : Reading.Of(signal, value, instance));

    private TestNode Fresh() => new(_cards, _rule);

    /// <summary>The cause has been gone for long: what is latched stands until its latch opens.</summary>
    private void Heal()
    {
        if (_rule.Sheet.Latch != Latch.None) Assert.NotEmpty(Node.Findings());
        if (_rule.Sheet.Latch == Latch.Reset)
        {
            Restart(count => 0);
            Live(Condition.Well, ClearAfter + 2 * _step);
        }
        else if (_rule.Sheet.Latch == Latch.Repair)
        {
            Restart(count => 0);
            Live(Condition.Well, ClearAfter + 2 * _step);
            Assert.NotEmpty(Node.Findings());
            Assert.True(Node.Judge.Dismiss(Node.Card(0), _rule.Sheet.Name, null, "the maker's diagnosis passed", Node.Now, Node.Transitions));
        }

        Assert.Empty(Node.Findings());
    }
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests;

/// <summary>A node whose cards do whatever a seed says, second by second: numbers wander, flags come and go, cards fall away, are reset, exchanged, cleared.</summary>
internal sealed class RandomRun(int seed, int cards, bool isClockSet)
{
    private readonly Random _random = new(seed);
    private readonly double[] _heat = [.. Enumerable.Repeat(80.0, cards)];
    private readonly double[] _counter = new double[cards];
    private readonly bool[] _flag = new bool[cards];
    private int _exchanged;

    public TestNode Node { get; } = new(cards, ReadingRules.All);

    public void Step()
    {
        Node.Now += TimeSpan.FromSeconds(1);
        if (isClockSet && One(200)) Node.Now += TimeSpan.FromSeconds(_random.Next(-7200, 7200));
        if (One(300)) Node.Set(Node.Judge.Rules[_random.Next(Node.Judge.Rules.Length)], (RuleMode)_random.Next(3));
        for (var card = 0; card < cards; card++) Step(card);
        Node.Ask();
    }

    private void Step(int card)
    {
        if (One(900)) Node.Insert(card, $"GPU-x{_exchanged++}", $"99{_exchanged}");
        var history = Node.Card(card);
        var presence = One(40) ? (DevicePresence)_random.Next(5) : One(8) ? DevicePresence.Measured : history.Presence;
        Node.Become(history, presence, presence == DevicePresence.Measured ? NoDataReason.None : NoDataReason.DeviceLost);
        if (One(150)) Node.Happen(card, HealthEventKind.DriverError, _random.Next(4), count: _random.Next(1, 5));
        if (One(120)) Node.Judge.Dismiss(history, Node.Judge.Rules[_random.Next(Node.Judge.Rules.Length)].Sheet.Name, null, "seen", Node.Now, Node.Transitions);
        _heat[card] = Math.Clamp(_heat[card] + ((_random.NextDouble() - 0.5) * 8), 60, 115);
        _counter[card] += One(30) ? 500 : _random.Next(1, 12);
        if (One(100)) _flag[card] = !_flag[card];
        if (presence != DevicePresence.Measured) return;
        if (One(250))
        {
            Node.Reset(card);
            _counter[card] = _random.NextDouble();
        }

        Node.Read(card, Reading.Of(SignalId.TemperatureGpu, _heat[card]), Reading.Of(SignalId.EccCorrected, _counter[card]));
        Node.Read(card, SampleGroup.Slow, One(20) ? Reading.None(SignalId.RowRemapFailed, NoDataReason.TimedOut) : Reading.Of(SignalId.RowRemapFailed, _flag[card] ? 1 : 0));
    }

    private bool One(int of) => _random.Next(of) == 0;
}

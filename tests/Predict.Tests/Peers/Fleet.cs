using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests.Peers;

/// <summary>
/// A node of eight cards that run one job after the other, with noise like that of real ones, a sample a second; seeded. Levels are quantiles of AcmeTrace's
/// A100s (InternLM, CC-BY-4.0): idle 63 W and 30 °C, at work 395–440 W and 58–68 °C. Places differ by up to 8 °C, cards by 2 % of power; power and
/// temperature follow their mean slowly (AR(1)), clocks go in steps of 15 MHz.
/// </summary>
internal sealed class Fleet
{
    private const double Ghz = 1e9;

    // That of the variant with the larger cooler: at work the cards draw much, and are not held by it.
    private const double Limit = 500;

    private readonly Random _random;
    private readonly List<DeviceHistory> _cards = [];
    private readonly Sample _sample = new();
    private readonly double[] _power = new double[Cards];
    private readonly double[] _heat = new double[Cards];
    private readonly double[] _place = new double[Cards];
    private double _work;
    private int _phase;
    private double _replays;

    public Fleet(int seed, params IHealthRule[] rules)
    {
        _random = new Random(seed);
        Judge = new Judge(new NodeHistory("boot", TestNode.Start - TimeSpan.FromDays(1)), [.. rules]);
        for (var i = 0; i < Cards; i++)
        {
            var card = Node.Of(new Device { Id = new DeviceId($"GPU-{i}"), Vendor = new Vendor("nvidia"), PciAddress = $"0000:{0x18 + i:x2}:00.0", Index = i, Name = "A100" });
            card.Become(DevicePresence.Measured, NoDataReason.None, Now);
            _cards.Add(card);
            _place[i] = 8 * _random.NextDouble();
        }
    }

    public const int Cards = 8;

    public Judge Judge { get; }

    public NodeHistory Node => Judge.Node;

    public DateTimeOffset Now { get; private set; } = TestNode.Start;

    public List<Transition> Transitions { get; } = [];

    /// <summary>Share of the siblings' clock that the third card runs at.</summary>
    public double Clock { get; set; } = 1;

    /// <summary>By how much the third card is hotter than it would be.</summary>
    public double Heat { get; set; }

    /// <summary>How many times as long calls on the third card take.</summary>
    public double CallTime { get; set; } = 1;

    /// <summary>What the third card draws of its power limit while it is at work, and whether it says that it holds itself to that; null: as the others.</summary>
    public (double Share, bool IsHeld)? AtLimit { get; set; }

    /// <summary>What each card's work draws, where they run several jobs.</summary>
    public double[] OthersDraw { get; set; } = [1, 1, 1, 1, 1, 1, 1, 1];

    /// <summary>The other cards hold themselves to their power limit.</summary>
    public bool OthersAtLimit { get; set; }

    /// <summary>Always at work, where jobs would come and go.</summary>
    public bool IsBusy { get; set; }

    public int CounterGeneration { get; set; } = 1;

    public IReadOnlyList<DeviceHistory> Histories => _cards;

    public IEnumerable<Finding> Findings(int card) => Judge.AssessmentOf(_cards[card].Device.Id)?.Findings ?? [];

    public Fleet Run(int seconds)
    {
        for (var i = 0; i < seconds; i++) Second();
        return this;
    }

    private void Second()
    {
        Now += TimeSpan.FromSeconds(1);
        // A job lasts from five minutes to an hour and a half; a third of the time there is none.
        if (_phase-- <= 0) (_phase, _work) = (_random.Next(300, 5400), _random.Next(3) > 0 ? 0.9 + (0.09 * _random.NextDouble()) : 0);
        var work = IsBusy ? 0.97 : _work;
        for (var i = 0; i < Cards; i++)
        {
            Read(i, work);
            _cards[i].Take(_sample, Now);
        }

        foreach (var card in _cards) Judge.Evaluate(card, Now, Transitions);
    }

    private void Read(int i, double work)
    {
        var isIll = i == 2;
        _power[i] += (0.2 * (63 + (350 * work * (1 + (0.02 * Math.Sin(i)))) - _power[i])) + (work > 0 ? 8 * Normal() : 0.5 * Normal());
        _heat[i] += (0.02 * (28 + _place[i] + (_power[i] / 14) - _heat[i])) + (0.1 * Normal());
        var clock = work > 0 ? 1.41 - (0.015 * Math.Floor(Math.Abs(1.2 * Normal()))) : 1.41;
        _sample.Clear();
        (_sample.Time, _sample.CounterGeneration) = (Now, CounterGeneration);
        _sample.CallTime = TimeSpan.FromMilliseconds((4 + (2 * Math.Abs(Normal()))) * (isIll ? CallTime : 1));
        Put(SignalId.UtilizationGpu, Math.Clamp(Math.Round(work + (work > 0 ? 0.02 * Normal() : 0), 2), 0, 1));
        Put(SignalId.UtilizationMemory, Math.Clamp(Math.Round((0.5 * work) + (work > 0 ? 0.02 * Normal() : 0), 2), 0, 1));
        Put(SignalId.Power, isIll && work > 0 && AtLimit is { } limit ? Limit * limit.Share : Math.Round(_power[i] * OthersDraw[i], 1));
        Put(SignalId.ClockEventSoftwarePowerCap, work > 0 && (isIll ? AtLimit is { IsHeld: true } : OthersAtLimit) ? 1 : 0);
        Put(SignalId.PowerLimit, Limit);
        Put(SignalId.ClockSm, clock * (isIll ? Clock : 1) * Ghz);
        Put(SignalId.ClockMaxSm, 1.41 * Ghz);
        Put(SignalId.TemperatureGpu, Math.Round(_heat[i] + (isIll ? Heat : 0)));
        Put(SignalId.TemperatureMemory, Math.Round(_heat[i] + 9 + (isIll ? Heat : 0)));
        if (_random.Next(7200) == 0) _replays++; // one in two hours of each card's samples, on one count: all alike
        Put(SignalId.PcieReplays, _replays);
    }

    private void Put(SignalId signal, double value) => _sample.Add(Reading.Of(signal, value));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

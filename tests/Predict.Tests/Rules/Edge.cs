using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>One limit of one rule: what is just not enough of it, what is just enough, and what is said of either.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Threshold">Its number.</param>
/// <param name="Under">Just under it (or over, where less is worse).</param>
/// <param name="At">At it.</param>
/// <param name="Before">How grave the finding is just under it; null when there is none.</param>
/// <param name="After">How grave it is at it.</param>
/// <param name="Feed">Lets the first card, or the node, show so much.</param>
internal sealed record Edge(IHealthRule Rule, string Threshold, double Under, double At, Severity? Before, Severity After, Action<TestNode, double> Feed)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Edge> All { get; } =
    [
        .. Counted(),
        .. Read(),
        .. Logged(),
        .. OfTheNode(),
        .. Compared(),
    ];

    public override string ToString() => $"{Rule.Sheet.Name} {Threshold}";

    private static IEnumerable<Edge> Counted()
    {
        yield return new(new EccCorrectedRate(), "StormPerSecond", 99.5, 100, null, Severity.Degraded, (node, rate) => Grow(node, SignalId.EccCorrected, 60 * rate, TimeSpan.FromSeconds(50)));
        yield return new(new EccCorrectedRate(), "PerHour", 999, 1000, null, Severity.Watch, (node, errors) =>
        {
            // The worst five minutes are left out.
            Grow(node, SignalId.EccCorrected, 2000, TimeSpan.FromMinutes(4));
            node.Watch(TimeSpan.FromMinutes(8));
            Grow(node, SignalId.EccCorrected, errors, TimeSpan.FromMinutes(11), from: 2000);
        });
        yield return new(new LinkErrors(), "Watched", 0, 1, null, Severity.Watch, Link(SignalId.LinkErrorsReplay));
        yield return new(new LinkErrors(), "PerHour", 9, 10, Severity.Watch, Severity.Degraded, Link(SignalId.LinkErrorsReplay));
        yield return new(new LinkCrcErrors(), "Watched", 99, 100, null, Severity.Watch, Link(SignalId.LinkErrorsCrcFlit, 8));
        yield return new(new LinkCrcErrors(), "PerSecond", 99.99, 100, Severity.Watch, Severity.Degraded, (node, rate) => Link(SignalId.LinkErrorsCrcFlit, 8)(node, 600 * rate));
        yield return new(new LinkRecoveries(), "Watched", 0, 1, null, Severity.Watch, Link(SignalId.LinkRecoveriesSuccessful));
        yield return new(new LinkRecoveries(), "Failed", 0, 1, null, Severity.Degraded, (node, times) =>
        {
            node.Read(0, SignalId.LinkRecoveriesSuccessful, 0);
            Link(SignalId.LinkRecoveriesFailed)(node, times);
        });
        yield return new(new CoherentLinkErrors(), "PerHour", 9, 10, null, Severity.Watch, Link(SignalId.CoherentLinkErrorsReplay));
        yield return new(new PcieErrors(), "Fatal", 0, 1, null, Severity.Degraded, Card(SignalId.PcieErrorsFatal, 20));
        yield return new(new PcieErrors(), "NonFatal", 0, 1, null, Severity.Watch, Card(SignalId.PcieErrorsNonFatal, 20));
        // Generation 5, 16 lanes: 31 a minute over five; more than that, and more than a hundred times that.
        yield return new(new PcieReplayRate(), "Times", 155, 156, null, Severity.Watch, Replays);
        yield return new(new PcieReplayRate(), "Severely", 15_500, 15_501, Severity.Watch, Severity.Degraded, Replays);
        yield return new(new ThrottledPowerBrake(), "Watched", 0.0998, 0.1, null, Severity.Watch, Share(SignalId.ThrottledHardwarePowerBrake));
        yield return new(new ThrottledPowerBrake(), "Slowed", 0.5998, 0.6, Severity.Watch, Severity.Degraded, Share(SignalId.ThrottledHardwarePowerBrake));
        yield return new(new ThrottledHardwareThermal(), "Watched", 0.0998, 0.1, null, Severity.Watch, Share(SignalId.ThrottledHardwareThermal));
        yield return new(new ThrottledHardwareThermal(), "Slowed", 0.5998, 0.6, Severity.Watch, Severity.Degraded, Share(SignalId.ThrottledHardwareThermal));
        yield return new(new ThrottledSoftwareThermal(), "Watched", 0.4998, 0.5, null, Severity.Watch, Share(SignalId.ThrottledSoftwareThermal));
        yield return new(new EccUncorrectedRecurring(), "Least", 1, 2, null, Severity.Failing, Card(SignalId.EccLifetimeUncorrected, 40));
        yield return new(new RetiredPagesGrowing(), "Pages", 15, 16, null, Severity.Failing, (node, pages) => Grow(node, SignalId.RetiredPagesDoubleBit, 4, TimeSpan.FromHours(20), from: pages - 4, step: TimeSpan.FromMinutes(1)));
        yield return new(new RetiredPagesGrowing(), "InWeek", 1, 2, null, Severity.Failing, (node, pages) => Grow(node, SignalId.RetiredPagesDoubleBit, pages, TimeSpan.FromHours(40), from: 20, step: TimeSpan.FromMinutes(1)));
    }

    private static IEnumerable<Edge> Read()
    {
        yield return Level(new EccUncorrected(), "Least", 0, 1, null, Severity.Degraded, SignalId.EccUncorrected);
        yield return Level(new EccSramPlaces(), "Watched", 1, 2, null, Severity.Watch, SignalId.EccSramPlaces);
        yield return Level(new EccSramPlaces(), "Limit", 4, 5, Severity.Watch, Severity.Degraded, SignalId.EccSramPlaces);
        yield return Level(new RowRemapCount(), "Rows", 511, 512, null, Severity.Degraded, SignalId.RemappedRowsUncorrectable);
        yield return Level(new RowRemapSparesLow(), "Banks", 0, 1, null, Severity.Watch, SignalId.RowRemapBanksLow);
        yield return Level(new RowRemapSparesSpent(), "Banks", 0, 1, null, Severity.Degraded, SignalId.RowRemapBanksNone);
        yield return Level(new RetiredPagesLimit(), "Pages", 32, 33, null, Severity.Failing, SignalId.RetiredPagesDoubleBit, Reading.Of(SignalId.RetiredPagesSingleBit, 30)) with { Under = 32, At = 33 };
        yield return Level(new TemperatureNearLimit(), "Room", 5.1, 5, null, Severity.Watch, SignalId.TemperatureMargin);
        yield return Level(new TemperatureNearShutdown(), "Room", 89.9, 90, null, Severity.Failing, SignalId.TemperatureGpu, Reading.Of(SignalId.TemperatureLimitShutdown, 92));
        yield return Level(new TemperatureOverLimit(), "Over", 88.9, 89, null, Severity.Degraded, SignalId.TemperatureGpu, Reading.Of(SignalId.TemperatureLimitSlowdown, 89));
        yield return Level(new PowerOverLimit(), "Over", 804.9, 805.1, null, Severity.Watch, SignalId.Power, Reading.Of(SignalId.PowerLimit, 700));
        yield return Level(new FanOffTarget(), "Off", 0.551, 0.549, null, Severity.Watch, SignalId.FanSpeed, Reading.Of(SignalId.FanTarget, 0.8));
        yield return Level(new FanStopped(), "Asked", 0.199, 0.2, null, Severity.Degraded, SignalId.FanSpeed, Reading.Of(SignalId.FanRevolutions, 0));
        yield return Level(new EnergyStandsStill(), "Least", 19.9, 20, null, Severity.Watch, SignalId.Power, Reading.Of(SignalId.Energy, 1000));
        yield return Level(new LinkBitErrors(), "Effective", 1e-12, 1.001e-12, null, Severity.Degraded, SignalId.LinkBitErrorsEffective);
        yield return Level(new LinkBitErrors(), "Symbol", 1e-12, 1.001e-12, null, Severity.Watch, SignalId.LinkBitErrorsSymbol);
    }

    private static IEnumerable<Edge> Logged()
    {
        yield return new(new BusErrors(RuleScope.Device), "CorrectedPerHour", 9, 10, null, Severity.Watch, Events(HealthEventKind.BusError, 0));
        yield return new(new BusErrors(RuleScope.Device), "NonFatalPerDay", 4, 5, Severity.Watch, Severity.Degraded, Events(HealthEventKind.BusError, 1));
        yield return new(new BusErrors(RuleScope.Node), "CorrectedPerHour", 9, 10, null, Severity.Watch, NodeEvents(HealthEventKind.BusError, 0));
        yield return new(new BusErrors(RuleScope.Node), "NonFatalPerDay", 4, 5, Severity.Watch, Severity.Degraded, NodeEvents(HealthEventKind.BusError, 1));
        yield return new(new HardwareError(), "CorrectedPerHour", 999, 1000, null, Severity.Watch, Events(HealthEventKind.DeviceHardwareError, 0));
        yield return new(new HostMemory(), "CorrectedPerDay", 9, 10, null, Severity.Watch, NodeEvents(HealthEventKind.HostHardwareError, 0));
        yield return new(new KernelLogOverrun(), "ManyPerHour", 999, 1000, Severity.Info, Severity.Watch, NodeEvents(HealthEventKind.KernelLogOverrun));
        yield return new(new KernelStall(), "ManyPerHour", 4, 5, Severity.Watch, Severity.Degraded, NodeEvents(HealthEventKind.KernelStall));
        yield return new(new OutOfMemory(), "ManyPerHour", 19, 20, Severity.Info, Severity.Watch, NodeEvents(HealthEventKind.OutOfMemory));
        yield return new(new StorageTrouble(), "ManyPerDay", 9, 10, Severity.Watch, Severity.Degraded, NodeEvents(HealthEventKind.StorageTrouble));
        yield return new(new ProbeUnstable(), "DeathsPerHour", 2, 3, null, Severity.Watch, NodeEvents(HealthEventKind.ProbeDied));
        yield return new(new ApplicationErrorRepeats(), "Programs", 1, 2, null, Severity.Watch, (node, programs) => Bursts(node, 31, programs, i => new() { Pid = 100 + i }));
        yield return new(new ApplicationErrorRepeats(), "SamePlace", 1, 2, null, Severity.Watch, (node, bursts) => Bursts(node, 13, bursts, _ => new() { Pid = 100, Place = "GPC 7, TPC 7, SM 0" }));
    }

    private static IEnumerable<Edge> OfTheNode()
    {
        yield return new(new ClockJump(), "Least", 0.999, 1, null, Severity.Info, Host((host, seconds) => host with { ClockJump = TimeSpan.FromSeconds(seconds), ClockJumped = TestNode.Start }));
        yield return new(new ProcessStorm(), "Processes", 9, 10, null, Severity.Watch, Host((host, count) => host with { StuckProcesses = (int)count, StuckExample = "x (7)" }));
        yield return new(new ProcessStorm(), "DriverProcesses", 0, 1, null, Severity.Degraded, Host((host, count) => host with { StuckOfDriver = (int)count, StuckExample = "x (7)" }));
        yield return new(new DeviceStalled(), "FailedAfter", 60, 61, Severity.Degraded, Severity.Failed, (node, seconds) =>
        {
            node.Read(1, SignalId.Power, 100).Become(node.Card(0), DevicePresence.Stalled);
            for (var second = 0; second < seconds; second++) node.Pass(1).Read(1, SignalId.Power, 100);
            node.Ask();
        });
        yield return new(new DriverStalled(), "After", 60, 61, null, Severity.Failed, (node, seconds) =>
            node.Become(node.Card(0), DevicePresence.Stalled).Become(node.Card(1), DevicePresence.Stalled).Become(node.Card(2), DevicePresence.Stalled).Become(node.Card(3), DevicePresence.Stalled).Pass(seconds));
    }

    /// <summary>Held against three siblings; figures within two hundredths of the limit, since averages are compared.</summary>
    private static IEnumerable<Edge> Compared()
    {
        yield return new(new LimitsBelowSiblings(), "BelowPercent", 686.1, 685.9, null, Severity.Info, (node, watts) =>
        {
            for (var card = 0; card < 4; card++) node.Read(card, SignalId.PowerLimit, card == 0 ? watts : 700);
            node.Pass(TimeSpan.FromMinutes(25));
        });
        yield return new(new CallLatency(), "Times", 2.98, 3.02, null, Severity.Watch, Calls);
        yield return new(new CallLatency(), "GraveTimes", 9.9, 10.1, Severity.Watch, Severity.Degraded, Calls);
        yield return new(new SlowCard(), "BelowPercent", 0.951, 0.949, null, Severity.Degraded, (node, share) => Work(node, 15, 60, 1.41e9 * share));
        yield return new(new TemperatureSiblings(), "AboveSiblings", 75, 75.3, null, Severity.Watch, (node, celsius) => Work(node, 15, celsius, 1.41e9));
        yield return new(new TemperatureSiblings(), "AboveHabit", 71, 71.3, null, Severity.Watch, (node, celsius) =>
        {
            Work(node, 40, 63, 1.41e9);
            Work(node, 15, celsius, 1.41e9);
        });
    }

    private static Edge Level(IHealthRule rule, string threshold, double under, double at, Severity? before, Severity after, SignalId signal, params Reading[] beside)
        => new(rule, threshold, under, at, before, after, (node, value) =>
        {
            for (var minute = 0; minute < 14; minute++) node.Read(0, [.. beside, Reading.Of(signal, value)]).Pass(30);
        });

    private static Action<TestNode, double> Card(SignalId signal, double minutes) => (node, total) => Grow(node, signal, total, TimeSpan.FromMinutes(minutes));

    private static Action<TestNode, double> Link(SignalId signal, double minutes = 40) => (node, total) =>
    {
        node.Read(0, SignalId.LinkUp, 1);
        Grow(node, signal, total, TimeSpan.FromMinutes(minutes));
    };

    private static Action<TestNode, double> Share(SignalId signal) => (node, share) => Grow(node, signal, 600 * share, TimeSpan.FromMinutes(8), isWhole: false);

    private static void Replays(TestNode node, double replays)
    {
        node.Read(0, SignalId.PcieLinkWidth, 16).Read(0, SignalId.PcieLinkGenerationMax, 5);
        Grow(node, SignalId.PcieReplays, replays, TimeSpan.FromMinutes(4));
    }

    /// <summary>A counter grows by so much in all, evenly.</summary>
    private static void Grow(TestNode node, SignalId signal, double total, TimeSpan time, double from = 0, TimeSpan? step = null, bool isWhole = true)
    {
        var pause = step ?? Step;
        var steps = (int)(time / pause);
        for (var i = 0; i <= steps; i++)
        {
            var grown = total * i / steps;
            node.Read(0, signal, from + (isWhole ? Math.Floor(grown) : grown));
            if (i < steps) node.Leap(pause);
        }

        node.Ask();
    }

    private static Action<TestNode, double> Events(HealthEventKind kind, int code) => (node, count) => node.Happen(0, kind, code, "as logged", count: (long)count).Ask();

    private static Action<TestNode, double> NodeEvents(HealthEventKind kind, int code = 0) => (node, count) => node.HappenToNode(kind, code, (long)count).Ask();

    private static void Bursts(TestNode node, int code, double bursts, Func<int, EventDetail> detail)
    {
        for (var i = 0; i < bursts; i++) node.Happen(0, HealthEventKind.DriverError, code, "fault", detail(i)).Watch(TimeSpan.FromMinutes(10));
    }

    private static Action<TestNode, double> Host(Func<HostReadings, double, HostReadings> with) => (node, value) =>
    {
        for (var i = 0; i < 20; i++) node.Read(with(new() { Read = default, Processes = 300 }, value)).Pass(15);
    };

    private static void Calls(TestNode node, double times)
    {
        for (var at = 0; at < 600; at += 10)
        {
            for (var card = 0; card < 4; card++) node.Call(card, TimeSpan.FromMilliseconds(card == 0 ? 100 * times : 100));
            node.Pass(10);
        }
    }

    private static void Work(TestNode node, int minutes, double celsius, double hertz)
    {
        for (var at = 0; at < 60 * minutes; at += 10)
        {
            for (var card = 0; card < 4; card++)
            {
                node.Read(
                    card, Reading.Of(SignalId.UtilizationGpu, 0.97), Reading.Of(SignalId.UtilizationMemory, 0.5), Reading.Of(SignalId.Power, 400), Reading.Of(SignalId.PowerLimit, 700),
                    Reading.Of(SignalId.ClockMaxSm, 1.41e9), Reading.Of(SignalId.ClockSm, card == 0 ? hertz : 1.41e9), Reading.Of(SignalId.TemperatureGpu, card == 0 ? celsius : 60),
                    Reading.Of(SignalId.TemperatureMemory, 60));
            }

            node.Pass(10);
        }
    }
}

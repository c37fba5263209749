using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests;

/// <summary>What looks like trouble and is none, before every rule there is: nothing above Watch comes of it.</summary>
public class FalseAlarmTests
{
    private static readonly SignalId[] Counters = [SignalId.EccCorrected, SignalId.EccCorrectedDram, SignalId.PcieReplays, SignalId.PcieErrorsCorrectable, SignalId.Energy];

    private readonly TestNode _node = new(8, [.. RuleList.All]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_driver_that_counts_otherwise_from_now_on(bool isTold)
    {
        if (isTold) _node.Node.DriverIs("nvml", "535.1", _node.Now);
        Turns(300, 100);
        if (isTold) _node.Node.DriverIs("nvml", "570.1", _node.Now);
        else for (var card = 0; card < 8; card++) _node.Reset(card);
        Turns(300, 17_000);
        Quiet();
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(86_400 * 400)]
    [InlineData(-86_400 * 400)]
    public void A_clock_that_is_set(double seconds)
    {
        Turns(300, 100);
        _node.Now += TimeSpan.FromSeconds(seconds);
        Turns(300, 160);
        Quiet();
    }

    [Fact]
    public void Hours_without_a_reading_and_a_restart_within()
    {
        Turns(300, 100);
        _node.Restart();
        _node.Now += TimeSpan.FromHours(5);
        Turns(300, 130);
        _node.Now += TimeSpan.FromHours(5);
        Turns(300, 160);
        Quiet();
    }

    private void Turns(int seconds, double counted)
    {
        for (var second = 0; second < seconds; second++)
        {
            _node.Now += TimeSpan.FromSeconds(1);
            for (var card = 0; card < 8; card++)
            {
                _node.Read(card, [.. Counters.Select(signal => Reading.Of(signal, counted)), Reading.Of(SignalId.UtilizationGpu, 0.9), Reading.Of(SignalId.TemperatureGpu, 55)]);
                if (second % 60 == 0) _node.Read(card, SampleGroup.Slow, Reading.Of(SignalId.RowRemapFailed, 0));
            }

            _node.Ask();
        }
    }

    private void Quiet()
    {
        Assert.Equal(HealthState.Healthy, _node.State());
        Assert.DoesNotContain(_node.Transitions, transition => transition.Kind == HealthEventKind.FindingRaised && transition.Finding!.Severity > Severity.Watch);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Tests.Replay;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>The kernel writes a line of the port and a line of the device for one PCIe error: from the lines to what the rule makes of them.</summary>
public class BusErrorCountTests
{
    private const string Heard = "pcieport 0000:80:01.0: AER: Corrected error received: 0000:81:00.0";
    private const string Had = "nvidia 0000:81:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)";
    private const string HeardLoss = "pcieport 0000:80:01.0: AER: Uncorrected (Non-Fatal) error received: 0000:81:00.0";
    private const string HadLoss = "nvidia 0000:81:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)";

    private readonly KernelBench _bench = new();
    private long _at = 1_000_000_000;

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public void Nine_corrected_errors_told_twice_are_not_ten(int errors, int findings)
    {
        Log(errors, Heard, Had);
        var said = Judged();
        Assert.Equal(findings, said.Length);
        Assert.All(said, finding => Assert.Equal((errors, Severity.Watch), ((int)finding.Evidence[0].Value!, finding.Severity)));
    }

    [Theory]
    [InlineData(4, Severity.Watch)]
    [InlineData(5, Severity.Degraded)]
    public void Non_fatal_ones_told_twice_degrade_from_five_on(int errors, Severity severity)
    {
        Log(errors, HeardLoss, HadLoss);
        Assert.Equal((errors, severity), Assert.Single(Judged().Select(finding => ((int)finding.Evidence[0].Value!, finding.Severity))));
    }

    [Fact]
    public void What_the_port_alone_tells_counts_and_what_the_device_alone_tells_as_well()
    {
        Log(6, Heard);
        Log(4, Had);
        Assert.Equal(10, Assert.Single(Judged()).Evidence[0].Value);
    }

    [Fact]
    public void A_device_that_tells_of_it_later_than_a_second_tells_of_another()
    {
        for (var i = 0; i < 5; i++)
        {
            Line(Heard, microseconds: 1_100_000);
            Line(Had, microseconds: 60_000_000);
        }

        Assert.Equal(10, Assert.Single(Judged()).Evidence[0].Value);
    }

    [Fact]
    public void Of_several_the_port_tells_once_and_each_counts()
    {
        Line("pcieport 0000:80:01.0: AER: Multiple Uncorrected (Non-Fatal) error received: 0000:81:00.0");
        for (var i = 0; i < 3; i++) Line(HadLoss);
        Assert.Equal(3, Assert.Single(Judged()).Evidence[0].Value);
    }

    [Fact]
    public void A_port_s_own_error_is_of_the_accelerator_below_it_whoever_tells()
    {
        using var root = new TemporaryFolder();
        var bench = KernelBench.BelowPort(root);
        for (var i = 0; i < 9; i++)
        {
            bench.Log.Line("pcieport 0000:80:01.0: AER: Corrected error received: 0000:80:01.0", microseconds: _at += 60_000_000)
                .Line("pcieport 0000:80:01.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)", microseconds: _at += 200);
        }

        var events = bench.Drain().Events;
        Assert.All(events, happened => Assert.Equal("GPU-known", happened.Device?.Id.Value));
        Assert.Empty(Judged(events));
    }

    /// <summary>Those of one burst are one event with a count in the queue, and still one each.</summary>
    [Fact]
    public async Task A_burst_is_counted_once_behind_the_queue()
    {
        Assert.DoesNotContain((await Replayed.KernelAsync(Burst(9))).Story, line => line.Kind == HealthEventKind.FindingRaised);
        Assert.Equal("bus-errors", Assert.Single((await Replayed.KernelAsync(Burst(10))).Story, line => line.Kind == HealthEventKind.FindingRaised).Rule);
    }

    private static List<string> Burst(int errors)
    {
        var lines = new List<string>();
        Record(0, "NVRM: GPU at PCI:0000:81:00: GPU-00000000-0000-4000-8000-000000000081");
        for (var i = 0; i < errors; i++)
        {
            Record(i * 300_000, Heard);
            Record((i * 300_000) + 150, Had);
        }

        Record(60_000_000, "usb 1-1: new high-speed USB device number 5 using xhci_hcd");
        return lines;

        void Record(long at, string text) => lines.Add(string.Create(CultureInfo.InvariantCulture, $"3,{lines.Count},{1_000_000_000 + at},-;{text}"));
    }

    private void Log(int errors, params string[] lines)
    {
        for (var i = 0; i < errors; i++)
        {
            _at += 60_000_000;
            foreach (var line in lines) Line(line);
        }
    }

    private void Line(string text, long microseconds = 200) => _bench.Log.Line(text, microseconds: _at += microseconds);

    private ImmutableArray<Finding> Judged() => Judged(_bench.Drain().Events);

    private static ImmutableArray<Finding> Judged(List<HealthEvent> events)
    {
        var node = new NodeHistory(KernelBench.Boot, events[0].FirstSeen - TimeSpan.FromDays(1));
        var judge = new Judge(node, [.. RuleList.All.Where(rule => rule.Sheet.Name is "bus-errors" or "node-bus-errors")]);
        foreach (var happened in events)
        {
            var card = node.Of(happened.Device!);
            card.Become(DevicePresence.Measured, NoDataReason.None, happened.FirstSeen);
            card.Take(happened, happened.LastSeen);
        }

        judge.Evaluate(node.Devices[0], events[^1].LastSeen, []);
        return judge.AssessmentOf(node.Devices[0].Device.Id)!.Findings;
    }
}

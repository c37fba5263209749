using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class NodeRuleTests
{
    private static readonly HostReadings Quiet = new() { Read = default, Processes = 300 };

    [Fact]
    public void Fewer_devices_than_expected_degrade_the_node_after_a_minute_and_not_before()
    {
        var node = new TestNode(1, new DeviceCount());
        node.Node.Sources = [new("nvml", 8, 8, true)];
        Assert.Empty(node.Pass(100).NodeFindings());
        node.Node.Sources = [new("nvml", 8, 7, true)];
        Assert.Empty(node.Pass(60).NodeFindings());
        var finding = Assert.Single(node.Pass(2).NodeFindings());
        Assert.Equal(("device-count", Severity.Degraded, "nvml finds 7 of 8 devices"), (finding.Rule, finding.Severity, finding.Summary));
        Assert.Single(node.Restarted(1, new DeviceCount()).NodeFindings());
        node.Node.Sources = [new("nvml", 8, 8, true)];
        Assert.Empty(node.Pass(62).NodeFindings());
    }

    [Fact]
    public void Devices_that_were_let_go_or_may_still_come_are_not_missing()
    {
        var node = new TestNode(1, new DeviceCount());
        node.Node.Sources = [new("nvml", 8, 0, false) { IsReleased = true }];
        Assert.Empty(node.Pass(600).NodeFindings());
        node.Node.Sources = [new("nvml", 8, 0, false)];
        node.Node.DriverLoaded = node.Now;
        Assert.Empty(node.Pass(299).NodeFindings());
        Assert.Single(node.Pass(65).NodeFindings());
    }

    [Fact]
    public void Without_library_or_driver_what_the_bus_shows_is_missed_and_the_finding_says_why()
    {
        var node = new TestNode(1, new DeviceCount());
        var source = new SourceCount("nvml", 0, 0, false) { Absence = NoDataReason.LibraryMissing, Why = "libx.so.1: cannot open", OnBus = 8 };
        node.Node.Sources = [source with { OnBus = 0 }]; // a node without such hardware
        Assert.Empty(node.Pass(100).NodeFindings());
        node.Node.Sources = [source];
        Assert.Empty(node.Pass(60).NodeFindings());
        var finding = Assert.Single(node.Pass(2).NodeFindings());
        Assert.Equal(("nvml finds 0 of 8 devices; its library is not installed", RepairAction.None), (finding.Summary, finding.Actions.Repair));
        Assert.Contains(finding.Evidence, evidence => evidence.What == "nvml: libx.so.1: cannot open");
        node.Node.Sources = [source with { Absence = NoDataReason.DriverNotLoaded, Expected = 8, OnBus = 8 }];
        finding = Assert.Single(node.Pass(2).NodeFindings());
        Assert.Equal(("nvml finds 0 of 8 devices; its driver is not loaded, or of another version than the library", RepairAction.RebootNode), (finding.Summary, finding.Actions.Repair));
        node.Node.Sources = [new("nvml", 8, 8, true) { OnBus = 8 }];
        Assert.Empty(node.Pass(62).NodeFindings());
    }

    [Fact]
    public void Parts_of_our_own_that_do_not_fit_call_for_no_reboot()
    {
        var node = new TestNode(1, new DeviceCount());
        node.Node.Sources = [new("nvml", 8, 0, false) { Absence = NoDataReason.Invalid, IsOtherBuild = true, OnBus = 8 }];
        var finding = Assert.Single(node.Pass(162).NodeFindings());
        Assert.Equal((Severity.Watch, new RecommendedActions(WorkAction.Observe, RepairAction.None)), (finding.Severity, finding.Actions));
        Assert.Equal("nvml finds 0 of 8 devices; agent and probe are of different builds", finding.Summary);
    }

    [Fact]
    public void Probes_that_die_three_times_an_hour_are_watched_and_a_held_source_degrades()
    {
        var node = new TestNode(1, new ProbeUnstable());
        Assert.Empty(node.HappenToNode(HealthEventKind.ProbeDied, 11, count: 2).Ask().NodeFindings());
        Assert.Equal(Severity.Watch, Assert.Single(node.HappenToNode(HealthEventKind.ProbeDied, 6).Ask().NodeFindings()).Severity);
        node.Node.Sources = [new("nvml", 1, 0, false) { IsHeld = true }];
        Assert.Equal([0L, -1L], node.Ask().NodeFindings().Select(finding => finding.Key).OrderByDescending(key => key));
        node.Node.Sources = [new("nvml", 1, 1, true)];
        Assert.Empty(node.Pass(TimeSpan.FromMinutes(71)).NodeFindings());
    }

    [Theory]
    [InlineData(9, 0, 0)]
    [InlineData(10, 0, 1)]
    [InlineData(1, 1, 1)]
    public void Processes_that_stand_still(int stuck, int ofDriver, int findings)
    {
        var node = new TestNode(1, new ProcessStorm());
        node.Read(Quiet with { StuckProcesses = stuck, StuckOfDriver = ofDriver, StuckExample = "x (7)" }).Ask();
        Assert.Equal(findings, node.NodeFindings().Count);
        node.Read(Quiet with { Processes = -1 }).Pass(600);
        Assert.Equal(findings, node.NodeFindings().Count);
        Assert.Empty(node.Read(Quiet).Pass(62).NodeFindings());
    }

    [Fact]
    public void One_process_of_the_driver_asks_for_a_reboot()
    {
        var finding = Assert.Single(new TestNode(1, new ProcessStorm()).Read(Quiet with { StuckProcesses = 1, StuckOfDriver = 1, StuckExample = "nvidia-smi (77)" }).Ask().NodeFindings());
        Assert.Equal((Severity.Degraded, RepairAction.RebootNode), (finding.Severity, finding.Actions.Repair));
        Assert.Contains("nvidia-smi (77)", finding.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HostPartKind.Fabric, "fabric-manager", Severity.Degraded)]
    [InlineData(HostPartKind.MemoryExport, "imex", Severity.Watch)]
    [InlineData(HostPartKind.PeerMemory, "peer-memory", Severity.Info)]
    public void A_part_that_is_needed_and_is_not_there(HostPartKind kind, string rule, Severity severity)
    {
        var node = new TestNode(1, new FabricService(), new MemoryExportService(), new PeerMemory());
        Assert.Empty(node.Read(Part(false, false)).Pass(300).NodeFindings());
        Assert.Empty(node.Read(Part(true, null)).Pass(300).NodeFindings());
        node.Read(Part(true, false)).Pass(122);
        Assert.Equal((rule, severity), Assert.Single(node.NodeFindings().Select(finding => (finding.Rule, finding.Severity))));
        Assert.Empty(node.Read(Part(true, true)).Pass(302).NodeFindings());

        HostReadings Part(bool isNeeded, bool? isThere) => Quiet with { Parts = [new(kind, "part", isNeeded, isThere)] };
    }

    [Theory]
    [InlineData("kernel-stall", HealthEventKind.KernelStall, 4, Severity.Watch)]
    [InlineData("kernel-stall", HealthEventKind.KernelStall, 5, Severity.Degraded)]
    [InlineData("storage-trouble", HealthEventKind.StorageTrouble, 9, Severity.Watch)]
    [InlineData("storage-trouble", HealthEventKind.StorageTrouble, 10, Severity.Degraded)]
    [InlineData("out-of-memory", HealthEventKind.OutOfMemory, 19, Severity.Info)]
    [InlineData("out-of-memory", HealthEventKind.OutOfMemory, 20, Severity.Watch)]
    [InlineData("kernel-log-overrun", HealthEventKind.KernelLogOverrun, 999, Severity.Info)]
    [InlineData("kernel-log-overrun", HealthEventKind.KernelLogOverrun, 1000, Severity.Watch)]
    [InlineData("network-trouble", HealthEventKind.NetworkTrouble, 1, Severity.Watch)]
    [InlineData("network-trouble", HealthEventKind.NetworkTrouble, 5000, Severity.Watch)]
    [InlineData("peer-memory", HealthEventKind.PeerMemoryTrouble, 1, Severity.Watch)]
    public void Events_of_the_node_by_their_number(string rule, HealthEventKind kind, int count, Severity severity)
    {
        var node = new TestNode(1, new KernelStall(), new StorageTrouble(), new OutOfMemory(), new KernelLogOverrun(), new NetworkTrouble(), new PeerMemory());
        Assert.Empty(node.Ask().NodeFindings());
        node.HappenToNode(kind, count: count).Ask();
        var finding = Assert.Single(node.NodeFindings());
        Assert.Equal((rule, severity), (finding.Rule, finding.Severity));
        Assert.Contains(finding.Evidence, evidence => evidence.Line == $"raw {kind}");
        if (kind == HealthEventKind.StorageTrouble) node.Watch(TimeSpan.FromHours(26));
        Assert.Empty(node.Pass(TimeSpan.FromMinutes(80)).NodeFindings());
    }

    [Fact]
    public void Trouble_of_an_adapter_that_stands_among_the_devices_counts_too()
    {
        var node = new TestNode(2, new NetworkTrouble());
        Assert.Single(node.Happen(1, HealthEventKind.NetworkTrouble, 0, "mlx5").Ask().NodeFindings());
    }

    [Fact]
    public void Corrected_errors_of_the_host_are_watched_from_ten_a_day_on_and_an_uncorrected_one_waits_for_a_reboot()
    {
        var node = new TestNode(1, new HostMemory());
        Assert.Empty(node.HappenToNode(HealthEventKind.HostHardwareError, 0, count: 9, unit: "MC0").Ask().NodeFindings());
        Assert.Equal((0L, Severity.Watch), Assert.Single(node.HappenToNode(HealthEventKind.HostHardwareError, 0, unit: "MC1").Ask().NodeFindings().Select(finding => (finding.Key, finding.Severity))));
        node.HappenToNode(HealthEventKind.HostHardwareError, 1, unit: "page").Watch(TimeSpan.FromHours(27)).Pass(700);
        Assert.Equal((1L, Severity.Degraded), Assert.Single(node.NodeFindings().Select(finding => (finding.Key, finding.Severity))));
        Assert.Single(node.Restarted(1, new HostMemory()).Pass(3600).NodeFindings());
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1.0, 1)]
    [InlineData(-30, 1)]
    public void A_clock_that_jumped_is_told_for_an_hour(double seconds, int findings)
    {
        var node = new TestNode(1, new ClockJump());
        var jumped = Quiet with { ClockJump = TimeSpan.FromSeconds(seconds), ClockJumped = node.Now };
        Assert.Equal(findings, node.Read(jumped).Ask().NodeFindings().Count);
        Assert.All(node.NodeFindings(), finding => Assert.Equal(Severity.Info, finding.Severity));
        Assert.Empty(node.Skip(3600).Read(jumped).Pass(62).NodeFindings());
    }

    [Fact]
    public void A_card_that_does_not_join_its_fabric_is_degraded_once_there_was_time_for_it()
    {
        var node = new TestNode(1, new FabricIncomplete());
        node.Node.DriverLoaded = node.Now;
        Assert.Empty(node.Read(0, SignalId.FabricState, 2).Pass(599).Findings());
        Assert.Equal((0L, Severity.Degraded), Assert.Single(node.Pass(62).Findings().Select(finding => (finding.Key, finding.Severity))));
        Assert.Empty(node.Read(0, Reading.Of(SignalId.FabricState, 3), Reading.Of(SignalId.FabricStatus, 0)).Pass(62).Findings());
        Assert.Equal(1, Assert.Single(node.Read(0, SignalId.FabricStatus, 999).Pass(62).Findings()).Key);
    }

    [Fact]
    public void A_card_that_has_no_fabric_is_not_judged()
    {
        var node = new TestNode(1, new FabricIncomplete());
        Assert.Empty(node.Read(0, Reading.None(SignalId.FabricState, NoDataReason.NotSupported)).Pass(3600).Findings());
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_and_sourced_numbers()
    {
        var sheets = RuleList.All.Select(rule => rule.Sheet).ToList();
        Assert.Equal(sheets.Count, sheets.Select(sheet => sheet.Name).Distinct().Count());
        Assert.All(sheets, sheet => Assert.Matches("^[a-z]+(-[a-z]+)*$", sheet.Name));
        Assert.All(sheets, sheet => Assert.NotEmpty(sheet.ProbabilityOrigin));
        Assert.All(sheets.SelectMany(sheet => sheet.Thresholds), threshold =>
        {
            Assert.NotEmpty(threshold.Origin);
            Assert.InRange(threshold.Default, threshold.Least, threshold.Most);
        });
    }
}

using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What holds for every rule on errors by code alike: it fires on that card alone, stands, clears by what heals it, and survives a restart.</summary>
public class CodedErrorRulesTests
{
    private readonly TestNode _node = new(3, [.. RuleList.All]);

    [Theory]
    [InlineData(48, "uncorrectable-memory-error", Severity.Failing, RepairAction.ResetDevice)]
    [InlineData(171, "uncorrectable-memory-error", Severity.Failing, RepairAction.ResetDevice)]
    [InlineData(172, "uncorrectable-memory-error", Severity.Failing, RepairAction.ResetDevice)]
    [InlineData(62, "driver-error", Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(63, "memory-retired", Severity.Watch, RepairAction.ResetDevice)]
    [InlineData(64, "memory-retirement-failed", Severity.Failing, RepairAction.ResetDevice)]
    [InlineData(74, "link-error", Severity.Degraded, RepairAction.InspectFabric)]
    [InlineData(92, "corrected-error-storm", Severity.Degraded, RepairAction.InspectHardware)]
    [InlineData(94, "poison-contained", Severity.Degraded, RepairAction.ResetDevice)]
    [InlineData(95, "poison-uncontained", Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(119, "firmware-stalled", Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(120, "firmware-stalled", Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(140, "memory-error-escaped", Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(146, "link-unit-error", Severity.Degraded, RepairAction.InspectFabric)]
    public void An_error_that_needs_a_reset_stands_until_there_was_one(int code, string rule, Severity severity, RepairAction repair)
    {
        _node.Happen(1, HealthEventKind.DriverError, code, "as logged").Ask();
        var finding = Assert.Single(_node.Findings(1));
        Assert.Equal((rule, severity, repair, Latch.Reset), (finding.Rule, finding.Severity, finding.Actions.Repair, finding.Latch));
        Assert.Contains($"Xid {code}", finding.Summary, StringComparison.Ordinal);
        Assert.Equal("as logged", finding.Evidence[0].Line);
        Assert.Empty(_node.Findings(0));

        _node.Leap(TimeSpan.FromDays(2)).Leap(TimeSpan.FromDays(2));
        Assert.Single(_node.Findings(1));
        _node.Read(1, SignalId.EccUncorrected, 0).Reset(1).Read(1, SignalId.EccUncorrected, 0).Pass(70);
        Assert.Empty(_node.Findings(1));
    }

    [Theory]
    [InlineData(HealthEventKind.UncorrectableMemoryError, "uncorrectable-memory-error")]
    [InlineData(HealthEventKind.MemoryRetired, "memory-retired")]
    [InlineData(HealthEventKind.MemoryRetirementFailed, "memory-retirement-failed")]
    [InlineData(HealthEventKind.CorrectedMemoryErrorStorm, "corrected-error-storm")]
    [InlineData(HealthEventKind.PoisonContained, "poison-contained")]
    [InlineData(HealthEventKind.PoisonUncontained, "poison-uncontained")]
    [InlineData(HealthEventKind.DeviceUnavailable, "device-unavailable")]
    [InlineData(HealthEventKind.DeviceFellOff, "off-the-bus")]
    public void The_same_told_by_the_drivers_library_or_the_kernel_is_the_same(HealthEventKind kind, string rule)
    {
        _node.Happen(0, kind, 0, "in words").Ask();
        Assert.Equal(rule, Assert.Single(_node.Findings(0)).Rule);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(79)]
    [InlineData(95)]
    [InlineData(119)]
    public void What_stood_before_a_restart_of_the_agent_stands_after_it(int code)
    {
        _node.Happen(0, HealthEventKind.DriverError, code).Ask();
        var stood = Assert.Single(_node.Findings(0));
        var again = new TestNode(1, [.. RuleList.All]);
        again.Judge.Recall(again.Card(0), [stood], again.Now);
        again.Pass(120);
        Assert.Equal(stood.Rule, Assert.Single(again.Findings(0)).Rule);
    }

    [Theory]
    [InlineData(31, "application-error", 10)]
    [InlineData(137, "remote-access-fault", 10)]
    [InlineData(121, "chip-link-corrected", 60)]
    public void What_nothing_heals_goes_after_its_time_and_not_while_nobody_reads_the_card(int code, string rule, int minutes)
    {
        _node.Happen(0, HealthEventKind.DriverError, code).Pass(60);
        Assert.Equal(rule, Assert.Single(_node.Findings(0)).Rule);
        _node.Watch(TimeSpan.FromMinutes(minutes - 2));
        Assert.Equal(rule, Assert.Single(_node.Findings(0)).Rule);
        _node.Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Leap(TimeSpan.FromDays(1)).Pass(120);
        Assert.Contains(_node.Findings(0), finding => finding.Rule == rule);
        _node.Become(_node.Card(0), DevicePresence.Measured).Pass(150);
        Assert.DoesNotContain(_node.Findings(0), finding => finding.Rule == rule);
    }

    [Fact]
    public void Off_the_bus_stands_over_a_reset_and_names_a_reboot()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79).Ask();
        _node.Read(0, SignalId.EccUncorrected, 0).Reset(0).Read(0, SignalId.EccUncorrected, 0).Pass(120);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((HealthState.Failed, RepairAction.RebootNode, Latch.Reboot), (_node.State(0), finding.Actions.Repair, finding.Latch));
    }

    [Fact]
    public void A_reload_of_the_driver_heals_what_a_reset_heals()
    {
        _node.Happen(0, HealthEventKind.DriverError, 119).Ask();
        _node.Leap(TimeSpan.FromMinutes(5)).Read(1, SignalId.Energy, 5);
        _node.Node.DriverLoaded = _node.Now;
        _node.Pass(70);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(8, "driver-error")]
    [InlineData(121, "chip-link-corrected")]
    [InlineData(173, "driver-error")]
    [InlineData(500, "driver-error")]
    public void What_nothing_needs_to_heal_is_watched_for_an_hour(int code, string rule)
    {
        _node.Happen(0, HealthEventKind.DriverError, code).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((rule, Severity.Watch), (finding.Rule, finding.Severity));
        _node.Watch(TimeSpan.FromMinutes(59));
        Assert.Single(_node.Findings(0));
        _node.Watch(TimeSpan.FromMinutes(2)).Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(48)]
    [InlineData(79)]
    [InlineData(95)]
    [InlineData(119)]
    public void A_clock_that_was_set_back_hides_none(int code)
    {
        _node.Pass(60);
        _node.Now -= TimeSpan.FromDays(2); // before the boot, as it was noted
        _node.Ask().Happen(0, HealthEventKind.DriverError, code).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((_node.Now, _node.Now, _node.Now), (finding.FirstSeen, finding.LastSeen, finding.Evidence[0].At));
        _node.Leap(TimeSpan.FromHours(3));
        Assert.Single(_node.Findings(0));
    }

    [Fact]
    public void An_advice_after_a_clock_was_set_back_is_about_the_error_that_it_came_with()
    {
        _node.Happen(0, HealthEventKind.DriverError, 154, "", new() { AdviceBefore = 0, Advice = 2 }).Leap(TimeSpan.FromHours(1));
        _node.Now -= TimeSpan.FromDays(2);
        _node.Ask().Happen(0, HealthEventKind.DriverError, 63).Ask();
        Assert.Equal(Severity.Watch, Assert.Single(_node.Findings(0), finding => finding.Rule == "memory-retired").Severity);
    }

    [Fact]
    public void An_unknown_code_says_that_it_is_unknown()
    {
        _node.Happen(0, HealthEventKind.DriverError, 500).Ask();
        Assert.Contains("unknown code", Assert.Single(_node.Findings(0)).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_codes_of_another_maker_mean_something_else()
    {
        var other = _node.Node.Of(new Device { Id = new("NPU-1"), Vendor = new("huawei"), PciAddress = "0000:90:00.0" });
        other.Take(new HealthEvent { Kind = HealthEventKind.DriverError, Device = other.Device, Code = 79, Text = "t", BootId = _node.Node.BootId, FirstSeen = _node.Now, LastSeen = _node.Now, Source = "test" }, _node.Now);
        _node.Ask();
        var finding = Assert.Single(_node.Judge.AssessmentOf(other.Device.Id)!.Findings);
        Assert.Equal(("driver-error", Severity.Watch), (finding.Rule, finding.Severity));
        Assert.DoesNotContain("bus", finding.Summary, StringComparison.Ordinal);
        _node.Become(other, DevicePresence.Measured).Watch(TimeSpan.FromMinutes(59));
        Assert.Single(_node.Judge.AssessmentOf(other.Device.Id)!.Findings);
        _node.Watch(TimeSpan.FromMinutes(2)).Pass(61);
        Assert.Empty(_node.Judge.AssessmentOf(other.Device.Id)!.Findings);
    }

    [Fact]
    public void Power_smoothing_that_works_again_ends_the_watch()
    {
        _node.Happen(0, HealthEventKind.DriverError, 163).Ask();
        Assert.Single(_node.Findings(0));
        _node.Pass(10).Happen(0, HealthEventKind.DriverError, 162).Pass(70);
        Assert.DoesNotContain(_node.Findings(0), finding => finding.Severity > Severity.Info);
    }

    [Fact]
    public void An_operators_word_holds_until_the_next_error()
    {
        _node.Happen(0, HealthEventKind.DriverError, 95).Ask();
        Assert.True(_node.Judge.Dismiss(_node.Card(0), "poison-uncontained", null, "looked at", _node.Now, _node.Transitions));
        _node.Leap(TimeSpan.FromHours(3));
        Assert.Empty(_node.Findings(0));
        _node.Happen(0, HealthEventKind.DriverError, 95).Ask();
        Assert.Single(_node.Findings(0));
    }

    [Fact]
    public void The_rules_hold_while_the_card_cannot_be_read()
    {
        _node.Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Happen(0, HealthEventKind.DriverError, 79).Ask();
        Assert.Contains(_node.Findings(0), finding => finding.Rule == "off-the-bus");
    }

    [Fact]
    public void The_site_has_the_last_word()
    {
        _node.Node.Overrides = new(
            [
                KeyValuePair.Create(79, new CatalogOverride { Severity = Severity.Watch, Work = WorkAction.Observe, Repair = RepairAction.None }),
                KeyValuePair.Create(95, new CatalogOverride { Ignore = true }),
                KeyValuePair.Create(31, new CatalogOverride { Severity = Severity.Degraded }),
            ],
            []);
        _node.Happen(0, HealthEventKind.DriverError, 79).Happen(1, HealthEventKind.DriverError, 95).Happen(2, HealthEventKind.DriverError, 31).Ask();
        Assert.Equal((Severity.Watch, RecommendedActions.None with { Work = WorkAction.Observe }), (_node.Findings(0)[0].Severity, _node.Findings(0)[0].Actions));
        Assert.Empty(_node.Findings(1));
        Assert.Equal(Severity.Degraded, Assert.Single(_node.Findings(2)).Severity);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(79)]
    [InlineData(140)]
    public void What_the_site_says_needs_no_repair_goes_after_a_day(int code)
    {
        _node.Node.Overrides = new([KeyValuePair.Create(code, new CatalogOverride { Repair = RepairAction.None })], []);
        _node.Happen(0, HealthEventKind.DriverError, code).Ask();
        Assert.Equal((Latch.None, "a day of watching without another one"), (Assert.Single(_node.Findings(0)).Latch, _node.Findings(0)[0].ClearedBy));
        _node.Watch(TimeSpan.FromHours(23));
        Assert.Single(_node.Findings(0));
        _node.Watch(TimeSpan.FromHours(2)).Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(RepairAction.None, "an hour of watching without another one")]
    [InlineData(RepairAction.ResetDevice, "a reset of the device, a reload of its driver")]
    [InlineData(RepairAction.RebootNode, "a reboot of the node")]
    [InlineData(RepairAction.ReplaceHardware, "another card in the slot")]
    public void What_clears_it_goes_by_what_the_site_says(RepairAction repair, string clearedBy)
    {
        _node.Node.Overrides = new([KeyValuePair.Create(62, new CatalogOverride { Repair = repair })], []);
        _node.Happen(0, HealthEventKind.DriverError, 62).Ask();
        Assert.StartsWith(clearedBy, Assert.Single(_node.Findings(0)).ClearedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restart_of_the_program_is_no_reason_to_think_worse_of_the_card()
    {
        _node.Happen(0, HealthEventKind.DriverError, 13).Happen(0, HealthEventKind.DriverError, 45).Ask();
        Assert.All(_node.Findings(0), finding => Assert.Equal(Severity.Info, finding.Severity));
        Assert.Equal(HealthState.Healthy, _node.State(0));
        _node.Watch(TimeSpan.FromMinutes(11)).Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(false, 0, false)] // no fabric
    [InlineData(true, 31, false)] // a consequence
    public void A_channel_that_was_removed_alone_on_a_fabric_names_the_fabric_manager(bool hasFabric, int before, bool isSaid)
    {
        _node.Read(new HostReadings { Read = default, Processes = 300, Parts = [new(HostPartKind.Fabric, "nvidia-fabricmanager", hasFabric, true)] });
        if (before > 0) _node.Happen(0, HealthEventKind.DriverError, before);
        _node.Happen(0, HealthEventKind.DriverError, 45).Ask();
        Assert.Equal(isSaid, _node.Findings(0).Any(finding => finding.Summary.Contains("restart the fabric manager", StringComparison.Ordinal)));
        Assert.All(_node.Findings(0), finding => Assert.Equal(Severity.Info, finding.Severity));
    }
}

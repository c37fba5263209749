using Forewarn.Model;
using Forewarn.Predict.Rules;
using Forewarn.Predict.Tests.Rules;

namespace Forewarn.Predict.Tests.States;

public class OutrankingTests
{
    private readonly TestNode _node = new(2, [.. RuleList.All]);

    [Fact]
    public void A_card_that_fell_off_the_bus_is_one_trouble()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79, "GPU has fallen off the bus.").Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Pass(5);
        Assert.Equal([("off-the-bus", ""), ("device-lost", "off-the-bus")], _node.Findings(0).Select(finding => (finding.Rule, finding.PartOf)));
    }

    [Fact]
    public void Cards_that_a_held_lock_hides_are_not_missed_beside_it()
    {
        _node.Node.Sources = [new("nvml", 8, 0, false)];
        _node.Become(_node.Card(0), DevicePresence.Stalled, NoDataReason.Stalled).Become(_node.Card(1), DevicePresence.Stalled, NoDataReason.Stalled).Pass(400);
        Assert.Equal([("driver-stalled", ""), ("device-count", "driver-stalled")], _node.NodeFindings().Select(finding => (finding.Rule, finding.PartOf)));
    }

    [Fact]
    public void What_is_left_when_the_first_goes_stands_for_itself()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79).Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Pass(5);
        Assert.True(_node.Judge.Dismiss(_node.Card(0), "off-the-bus", null, "looked at", _node.Now, _node.Transitions));
        var left = Assert.Single(_node.Findings(0));
        Assert.Equal(("device-lost", ""), (left.Rule, left.PartOf));
        Assert.Equal(HealthState.Failed, _node.State(0));
    }

    [Fact]
    public void One_that_is_only_observed_takes_nothing_under_itself()
    {
        _node.Set(RuleList.All.Single(rule => rule.Sheet.Name == "off-the-bus"), RuleMode.Observe);
        _node.Happen(0, HealthEventKind.DriverError, 79).Become(_node.Card(0), DevicePresence.Lost, NoDataReason.DeviceLost).Pass(5);
        Assert.Equal([("device-lost", ""), ("off-the-bus", "")], _node.Findings(0).Select(finding => (finding.Rule, finding.PartOf)));
    }

    [Fact]
    public void What_is_graver_is_never_hidden_by_what_is_milder()
    {
        _node.Node.Overrides = new([KeyValuePair.Create(63, new Forewarn.Predict.Catalogs.CatalogOverride { Severity = Severity.Failed })], []);
        _node.Happen(0, HealthEventKind.DriverError, 63).Read(0, SignalId.RowRemapPending, 1).Pass(60);
        Assert.Equal([("memory-retired", ""), ("row-remap-pending", "")], _node.Findings(0).Select(finding => (finding.Rule, finding.PartOf)).Order());
    }

    [Fact]
    public void Chances_of_one_trouble_are_counted_once()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48).Ask();
        var alone = _node.Judge.AssessmentOf(_node.Card(0).Device.Id)!.Probability;
        _node.Read(0, SignalId.EccUncorrected, 0).Pass(60).Read(0, SignalId.EccUncorrected, 1).Pass(60);
        Assert.Contains(_node.Findings(0), finding => finding is { Rule: "ecc-uncorrected", PartOf: "uncorrectable-memory-error" });
        Assert.Equal(alone, _node.Judge.AssessmentOf(_node.Card(0).Device.Id)!.Probability);
    }

    [Fact]
    public void Sheets_outrank_rules_that_there_are_and_never_in_a_ring()
    {
        var sheets = RuleList.All.ToDictionary(rule => rule.Sheet.Name, rule => rule.Sheet);
        Assert.All(sheets.Values.SelectMany(sheet => sheet.Outranks), less => Assert.Contains(less.Rule, sheets.Keys));
        Assert.All(sheets.Keys, name => Assert.DoesNotContain(name, Below(name, [])));

        IEnumerable<string> Below(string name, HashSet<string> seen)
            => sheets[name].Outranks.Where(less => seen.Add(less.Rule)).SelectMany(less => Below(less.Rule, seen).Append(less.Rule));
    }
}

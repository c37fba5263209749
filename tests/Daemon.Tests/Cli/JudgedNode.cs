using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Cli;

/// <summary>What a judge might have said of the devices of a hand-made node.</summary>
internal static class JudgedNode
{
    public const string XidLine = "NVRM: Xid (PCI:0000:5d:00): 64, pid=4242, name=python3, Row Remapper Error: (0x000000008a7f4000) - All reserved rows for bank are remapped";

    private static readonly DateTimeOffset Now = HandMadeNode.Now;

    public static HandMadeNode Build(string? simulation = null, int devices = 8)
    {
        var node = new HandMadeNode(simulation).WithDevices(devices);
        for (var i = 0; i < devices; i++) node.Judge(i, HealthState.Healthy);
        node.View.Assessment = new() { Device = DeviceId.Node, State = HealthState.Healthy, Since = Now.AddHours(-76) };
        return node;
    }

    public static HandMadeNode Judge(this HandMadeNode node, int index, HealthState state, params Finding[] findings)
    {
        var actions = findings.Where(finding => !finding.IsObserved).Aggregate(RecommendedActions.None, (all, finding) => all.And(finding.Actions));
        var device = node[index].Device with { Slot = index + 1, PartNumber = "900-21010-0000-000" };
        node.View.Upsert(device, node.Source);
        node[index].Assessment = new()
        {
            Device = device.Id,
            Presence = DevicePresence.Measured,
            State = state,
            Since = state == HealthState.Healthy ? Now.AddHours(-76) : Now.AddMinutes(-4),
            Actions = actions,
            Probability = findings.Aggregate(default(FailureProbability), (all, finding) => all.Or(finding.Probability)),
            Findings = [.. findings],
            LastHealthyUnderLoad = Now.AddMinutes(-5),
        };
        return node;
    }

    /// <summary>A row that could not be replaced, with the line that said so.</summary>
    public static Finding RowRemapFailed(HandMadeNode node, int index) => new()
    {
        Rule = "row-remap-failed",
        Device = node[index].Device.Id,
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Summary = "a bad row of memory could not be replaced by a spare one (flag 1, should be 0)",
        Evidence = [new("row remapping failure flag", 1, 0, "", XidLine, Now.AddMinutes(-4))],
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Latch = Latch.Repair,
        Probability = new(0.01, 0.1, 0.4),
        FirstSeen = Now.AddMinutes(-4),
        LastSeen = Now.AddSeconds(-2),
        Serial = node[index].Device.Serial,
    };

    /// <summary>A finding of a rule that this program does not have, as an agent of another version may tell it.</summary>
    public static Finding Hot(HandMadeNode node, int index, bool isObserved = false) => new()
    {
        Rule = "too-hot-for-words",
        Key = 7,
        Device = node[index].Device.Id,
        Severity = Severity.Degraded,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        Summary = "memory at 97.5 °C, limit 95 °C",
        Evidence = [new("memory temperature", 97.5, 95, "°C", "", Now.AddMinutes(-1)), new("a siren was heard", null, null, "", "weeeoo", Now.AddMinutes(-1))],
        Probability = new(0.00002, 0.005, 0.015),
        IsObserved = isObserved,
        FirstSeen = Now.AddMinutes(-2),
        LastSeen = Now.AddSeconds(-1),
        Count = 3,
    };
}

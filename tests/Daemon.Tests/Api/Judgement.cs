using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>What might be judged of a device.</summary>
internal static class Judgement
{
    public static Assessment Of(Device device, HealthState state, bool isObserved = false) => new()
    {
        Device = device.Id,
        Presence = DevicePresence.Measured,
        State = state,
        Since = HandMadeNode.Now - TimeSpan.FromMinutes(4),
        Actions = state == HealthState.Healthy ? default : Actions,
        Probability = state == HealthState.Healthy ? default : new(0.01, 0.1, 0.4),
        Findings = state == HealthState.Healthy && !isObserved ? [] : [Finding(device, isObserved)],
        LastHealthyUnderLoad = HandMadeNode.Now - TimeSpan.FromMinutes(5),
    };

    private static RecommendedActions Actions => new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware);

    private static Finding Finding(Device device, bool isObserved) => new()
    {
        Rule = "row-remap-failed",
        Device = device.Id,
        Severity = Severity.Failing,
        Actions = Actions,
        Summary = "a bad row of memory could not be replaced by a spare one (flag 1, should be 0)",
        Evidence = [new("row remapping failure flag", 1, 0, "", "", HandMadeNode.Now - TimeSpan.FromMinutes(4)), new("logged", null, double.NaN, "s", "NVRM: Xid 64", default)],
        ClearedBy = "another card in the slot",
        Latch = Latch.Repair,
        IsObserved = isObserved,
        Probability = new(0.01, 0.1, 0.4),
        FirstSeen = HandMadeNode.Now - TimeSpan.FromMinutes(4),
        LastSeen = HandMadeNode.Now - TimeSpan.FromSeconds(1),
        Count = 2,
        BootId = "6f6d0f3e-8a3b-4f0e-9d1c-2b7a5f3c1e90",
        Serial = device.Serial,
    };
}

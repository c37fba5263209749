using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Fleet;

/// <summary>Reports as an agent with two cards makes them.</summary>
internal static class SomeReports
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 3, 16, 7, TimeSpan.Zero);

    public static AgentReport Of(string node = "n1", long sequence = 1, string store = "s1", params ImmutableArray<ReportedDevice> devices) => new()
    {
        Protocol = ReportProtocol.Version,
        Node = node,
        Store = store,
        Sequence = sequence,
        At = Now,
        Started = Now.AddHours(-1),
        Driver = "550.163.01",
        Itself = Device(DeviceId.Node.Value) with { Serial = "" },
        Devices = devices.IsEmpty ? [Device($"{node}-0"), Device($"{node}-1")] : devices,
    };

    public static ReportedDevice Device(string id, HealthState state = HealthState.Healthy, WorkAction work = WorkAction.None, string rule = "") => new()
    {
        Id = id,
        Serial = "serial-" + id,
        Model = "NVIDIA H100 80GB HBM3",
        Presence = DevicePresence.Measured,
        State = state,
        Since = Now.AddDays(-1),
        Rule = rule,
        Actions = new(work, RepairAction.None),
    };

    public static AgentReport With(this AgentReport report, params ImmutableArray<long> transitions) => report with
    {
        Transitions = [.. transitions.Select(id => new ReportedTransition(id, HealthEventKind.StateChanged, report.Devices[0].Id, Now, $"transition {id}"))],
    };
}

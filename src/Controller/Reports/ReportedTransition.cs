using Forewarn.Model;

namespace Forewarn.Controller.Reports;

/// <summary>One thing that changed on a node, as its store keeps it.</summary>
/// <param name="Id">Its number in that store.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Device">Of which device; <see cref="DeviceId.Node"/> for the node itself.</param>
/// <param name="At">When.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="Rule">The rule whose finding was raised, changed or cleared; empty for other kinds.</param>
/// <param name="Code">The maker's error code; 0 where there is none.</param>
/// <param name="Node">On which node; said of what comes back in a <see cref="CardHistory"/>, and empty in a report, which is of one node.</param>
public sealed record ReportedTransition(long Id, HealthEventKind Kind, string Device, DateTimeOffset At, string Text, string Rule = "", long Code = 0, string Node = "");

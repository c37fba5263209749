using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Fleet;

/// <summary>What became of a body: a report, or why it is none and one line about it for its sender.</summary>
internal readonly record struct ReadReport(AgentReport? Report, ReportRefusal Refusal = default, string Detail = "");

using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>One reading: either a value in its unit, or the reason why there is none.</summary>
internal sealed record SignalReport
{
    /// <summary>The metric's name, as in <c>/metrics</c>.</summary>
    public required string Signal { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public required SignalKind Kind { get; init; }

    /// <summary>Base unit; absent for plain numbers.</summary>
    public SignalUnit? Unit { get; init; }

    public double? Value { get; init; }

    public NoDataReason? Absent { get; init; }
}

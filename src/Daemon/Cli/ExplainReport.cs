using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn explain --json</c> prints: what is judged, and what a person needs to act on it.</summary>
internal sealed record ExplainReport
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required string Node { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Where the node stands, as the configuration has it.</summary>
    public string? Rack { get; init; }

    /// <summary>Absent where the node itself is explained. Its signals are left out: <c>forewarn devices DEVICE</c> has them.</summary>
    public DeviceReport? Device { get; init; }

    /// <summary>Absent while nothing was judged.</summary>
    public AssessmentReport? Assessment { get; init; }

    /// <summary>One for each finding, in the same order.</summary>
    public required IReadOnlyList<ExplainedRule> Explanations { get; init; }

    /// <summary>In the order in which it is to be done.</summary>
    public required IReadOnlyList<AdviceReport> Advice { get; init; }
}

/// <summary>What is to be known of the rule behind a finding.</summary>
internal sealed record ExplainedRule
{
    public required string Rule { get; init; }

    /// <summary>Absent, as what follows, for a rule that this version does not have.</summary>
    public string? Title { get; init; }

    public string? Meaning { get; init; }

    public string? ProbabilityOrigin { get; init; }

    /// <summary>How a person takes the finding back.</summary>
    public required string ClearCommand { get; init; }

    public required string Runbook { get; init; }
}

/// <summary>One thing to do; without a command where there is none.</summary>
internal sealed record AdviceReport(string Sentence, string? Command);

using Forewarn.Daemon.Checkpoints;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint latest|verify --json</c>.</summary>
internal sealed record CheckpointSearchReport
{
    /// <summary>The newest complete one; absent where there is none.</summary>
    public string? Path { get; init; }

    /// <summary>As the command exits.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why not all was looked at.</summary>
    public string? Trouble { get; init; }

    /// <summary>What was looked at, the newest first.</summary>
    public required IReadOnlyList<CheckpointReport> Checkpoints { get; init; }

    /// <summary>Left out at sight.</summary>
    public required IReadOnlyList<SkippedName> Skipped { get; init; }

    public static CheckpointSearchReport Of(CheckpointAnswer answer, int exitCode) => new()
    {
        Path = answer.Verdicts.FirstOrDefault(verdict => verdict.IsComplete)?.Checkpoint.Path,
        ExitCode = exitCode,
        Trouble = answer.Trouble,
        Checkpoints = [.. answer.Verdicts.Select(CheckpointReport.Of)],
        Skipped = answer.Skipped,
    };
}

/// <summary>One checkpoint that was looked at.</summary>
internal sealed record CheckpointReport
{
    public required string Path { get; init; }

    public required string Format { get; init; }

    public long? Step { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required long Bytes { get; init; }

    public required int Files { get; init; }

    public required CheckpointCompleteness Completeness { get; init; }

    public required IReadOnlyList<CheckpointDefectReport> Defects { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<CheckedFile> Checks { get; init; }

    public static CheckpointReport Of(CheckpointVerdict verdict) => new()
    {
        Path = verdict.Checkpoint.Path,
        Format = verdict.Checkpoint.Format,
        Step = verdict.Checkpoint.Step,
        Time = verdict.Checkpoint.Time,
        Bytes = verdict.Checkpoint.Bytes,
        Files = verdict.Checkpoint.Files,
        Completeness = verdict.Checkpoint.Completeness,
        Defects = [.. verdict.Checkpoint.Defects.Select(defect => new CheckpointDefectReport(defect.File, defect.Kind, defect.Reason))],
        Notes = verdict.Notes,
        Checks = verdict.Checks,
    };
}

/// <summary>One thing that speaks against it.</summary>
internal sealed record CheckpointDefectReport(string File, CheckpointDefectKind Kind, string Reason);

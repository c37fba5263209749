namespace Forewarn.TestKit;

/// <summary>A command line of Slurm's programs and what came of it, the values of that run replaced by their names: <c>{job}</c>.</summary>
public sealed record RecordedCommand
{
    /// <summary>What was meant by it, in a word: all of one deed have the same command line.</summary>
    public required string Deed { get; init; }

    /// <summary>How the job, the node or the reservation stood to which it was given.</summary>
    public required string When { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Its exit code.</summary>
    public required int Exit { get; init; }

    /// <summary>What it printed, without the last end of line.</summary>
    public required string Out { get; init; }

    /// <summary>What it complained of, likewise.</summary>
    public required string Err { get; init; }

    /// <summary>For people who compare two of them.</summary>
    public string Summary => FormattableString.Invariant($"{Deed} of {When}: {string.Join(' ', Command)}: {Exit} [{Out}] [{Err}]");
}

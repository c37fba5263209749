using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Checkpoints.Formats;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>checkpoint latest</c> and <c>verify</c> take alike.</summary>
internal sealed class CheckpointOptions
{
    // Own figure: 100,000 files of a slow file server at a millisecond each fit into it.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    private readonly Option<DateTimeOffset?> _newer = new("--newer-than")
    {
        Description = "Older ones do not count: 2026-11-22T07:00:00Z, or @SECONDS since 1970.",
        HelpName = "TIME",
        CustomParser = parsed =>
        {
            var text = parsed.Tokens[0].Value;
            if (text.StartsWith('@') && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800)
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)) return time;
            parsed.AddError($"--newer-than must be a time such as 2026-11-22T07:00:00Z or @1795330800, not \"{text}\"");
            return null;
        },
    };

    private readonly Option<TimeSpan?> _settle = Duration(
        "--settle", "How long nothing may have been written to it; 30s unless told, 0s when nobody writes any more.", mayBeZero: true);

    private readonly Option<int?> _ranks = new("--ranks")
    {
        Description = "Processes that wrote it, where you know; else the files' names and the checkpoint before tell.",
        HelpName = "N",
    };

    private readonly Option<string?> _format = new("--format") { Description = $"This one alone: {string.Join(", ", Names)}.", HelpName = "NAME" };

    private readonly Option<string?> _pattern = new("--pattern")
    {
        Description = "Names of single files that are checkpoints; else *.pt *.pth *.ckpt *.safetensors *.pdparams.",
        HelpName = "GLOB",
    };

    private readonly Option<string?> _user = new("--as") { Description = "Look as this user; takes root, or CAP_SETUID and CAP_SETGID.", HelpName = "USER" };

    private readonly Option<TimeSpan?> _timeout = Duration("--timeout", "How long it may take in all; 2m unless told.");

    public Option<bool> Json { get; } = new("--json") { Description = "JSON for programs; docs/cli.md describes it." };

    private static IEnumerable<string> Names => CheckpointFormatRegistry.All.Select(format => format.Name);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_newer, _settle, _ranks, _format, _pattern, _user, _timeout, Json]) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_format) is { } format && !Names.Contains(format))
                result.AddError($"--format must be one of {string.Join(", ", Names)}, not \"{format}\"");
            if (result.GetValue(_ranks) is < 1) result.AddError("--ranks must be at least 1");
        });
    }

    public TimeSpan Within(ParseResult parsed) => parsed.GetValue(_timeout) ?? Usual;

    public CheckpointOrder Order(ParseResult parsed, string root, string? name, TimeProvider time) => new()
    {
        Root = root,
        Name = name,
        Now = time.GetUtcNow(),
        NewerThan = parsed.GetValue(_newer),
        Settle = parsed.GetValue(_settle) ?? CheckpointOrder.UsualSettle,
        Ranks = parsed.GetValue(_ranks),
        Format = parsed.GetValue(_format),
        Pattern = parsed.GetValue(_pattern),
        User = parsed.GetValue(_user),
    };

    /// <summary>An option that takes 30s, 5m or 2h.</summary>
    public static Option<TimeSpan?> Duration(string name, string description, bool mayBeZero = false) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = parsed =>
        {
            if (DurationText.TryParse(parsed.Tokens[0].Value, out var value) && (mayBeZero || value > TimeSpan.Zero)) return value;
            parsed.AddError($"{name} must be a duration such as 30s, 5m or 2h, not \"{parsed.Tokens[0].Value}\"");
            return null;
        },
    };
}

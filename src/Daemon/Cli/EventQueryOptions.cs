using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn events</c> takes beside the usual.</summary>
internal sealed class EventQueryOptions
{
    /// <summary>What journalctl -f begins with is 10; here a line is rarer and worth more.</summary>
    private const int FirstWhenFollowing = 20;

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Then go on with what happens, until Ctrl-C." };

    private readonly Option<string?> _since = new("--since") { Description = "Not before: 2h ago, or a time such as 2026-03-01 or 2026-03-01T12:00.", HelpName = "2h|TIME" };

    private readonly Option<string?> _device = new("--device") { Description = "Of this device: its id, index, PCI address or serial; node for the node.", HelpName = "DEVICE" };

    private readonly Option<string?> _kind = new("--kind") { Description = "Of this kind, such as DriverError; docs/api.md lists them.", HelpName = "KIND" };

    private readonly Option<int?> _limit = new("--limit", "-n") { Description = "The newest so many; 200, with --follow 20.", HelpName = "N" };

    public void AddTo(Command command, CommandSurroundings surroundings)
    {
        _since.Validators.Add(result =>
        {
            if (TimeOf(result.GetValueOrDefault<string?>(), surroundings) is null)
                result.AddError("--since takes a duration such as 2h, or a time such as 2026-03-01T12:00");
        });
        _kind.Validators.Add(result => CheckKind(result));
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > EventQuestion.MostLimit)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--limit takes a number from 1 to {EventQuestion.MostLimit}"));
        });
        foreach (var option in (Option[])[_follow, _since, _device, _kind, _limit]) command.Add(option);
    }

    public bool IsFollowing(ParseResult parsed) => parsed.GetValue(_follow);

    /// <summary>As the person named it; null for all.</summary>
    public string? Device(ParseResult parsed) => parsed.GetValue(_device);

    /// <summary>The query of the list; that of the stream is the same without a limit.</summary>
    public string Query(ParseResult parsed, string? device, CommandSurroundings surroundings)
    {
        var parts = new List<string>();
        if (TimeOf(parsed.GetValue(_since), surroundings) is { } since) parts.Add("since=" + Uri.EscapeDataString(since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        if (device is not null) parts.Add("device=" + Uri.EscapeDataString(device));
        if (parsed.GetValue(_kind) is { } kind) parts.Add("kind=" + kind);
        if (Limit(parsed) is { } limit) parts.Add(string.Create(CultureInfo.InvariantCulture, $"limit={limit}"));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    // Who says since when means all of it.
    private int? Limit(ParseResult parsed) => parsed.GetValue(_limit)
        ?? (parsed.GetValue(_since) is not null ? EventQuestion.MostLimit : IsFollowing(parsed) ? FirstWhenFollowing : null);

    private static DateTimeOffset? TimeOf(string? text, CommandSurroundings surroundings)
    {
        if (text is null) return null;
        if (DurationText.TryParse(text, out var ago)) return surroundings.Time.GetUtcNow() - TimeSpan.FromTicks(Math.Min(ago.Ticks, TimeSpan.FromDays(36500).Ticks));
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) return null;
        return time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, surroundings.Zone.GetUtcOffset(time)) : new DateTimeOffset(time);
    }

    private static void CheckKind(OptionResult result)
    {
        var text = result.GetValueOrDefault<string?>() ?? "";
        if (text.All(char.IsAsciiLetter) && Enum.TryParse<HealthEventKind>(text, ignoreCase: true, out _)) return;
        var names = Enum.GetNames<HealthEventKind>();
        result.AddError($"--kind: there is no \"{text}\"{NearestName.Suggest(text, names)}; there are: {string.Join(", ", names)}");
    }
}

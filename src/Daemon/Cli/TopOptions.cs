using System.CommandLine;
using System.CommandLine.Parsing;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn top</c> takes beside the usual.</summary>
internal sealed class TopOptions
{
    // The agent reads no faster than every 50 ms; a day is as good as never.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Option<bool> _efficiency = new("--efficiency") { Description = "How the devices' time was used, by device and by job." };

    private readonly Option<bool> _once = new("--once") { Description = "Show it once; the same as -n 1." };

    private readonly Option<UsageWindow> _window = new("--window")
    {
        Description = "With --efficiency: over the last hour or the last day.",
        HelpName = "hour|day",
        DefaultValueFactory = _ => UsageWindow.Hour,
        CustomParser = ParseWindow,
    };

    private readonly Option<TimeSpan> _interval = new("--interval")
    {
        Description = "Time between two pictures: 100ms to 1d; a plain number is seconds.",
        HelpName = "DURATION",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(1),
        CustomParser = ParseInterval,
    };

    private readonly Option<int?> _iterations = new("--iterations", "-n") { Description = "End after so many pictures.", HelpName = "N" };

    public void AddTo(Command command)
    {
        _iterations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1) result.AddError("--iterations takes a number from 1 on");
        });
        command.Add(_efficiency);
        command.Add(_window);
        command.Add(_interval);
        command.Add(_iterations);
        command.Add(_once);
    }

    public bool IsEfficiency(ParseResult parsed) => parsed.GetValue(_efficiency);

    public UsageWindow Window(ParseResult parsed) => parsed.GetValue(_window);

    public TimeSpan Interval(ParseResult parsed) => parsed.GetValue(_interval);

    /// <summary>Null for as long as somebody looks.</summary>
    public int? Iterations(ParseResult parsed) => parsed.GetValue(_once) ? 1 : parsed.GetValue(_iterations);

    private static UsageWindow ParseWindow(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "hour": return UsageWindow.Hour;
            case "day": return UsageWindow.Day;
            default:
                result.AddError("--window takes hour or day");
                return default;
        }
    }

    private static TimeSpan ParseInterval(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.All(char.IsAsciiDigit)) text += "s";
        if (!DurationText.TryParse(text, out var interval) || interval < Shortest || interval > Longest)
            result.AddError("--interval takes a duration from 100ms to 1d, such as 2s");
        return interval;
    }
}

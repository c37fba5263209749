using System.CommandLine;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint advise</c>: how often a job should save, and what that is worth; by numbers, or for the jobs that the controller knows.</summary>
internal sealed class CheckpointAdviceCommand
{
    private const string TellYourOwn = "tell your own: --failures N --node-days D, or --failure-rate";
    private const string UsualRestart = "6.47 min for 1,024 GPUs (arXiv 2412.12636); tell your own: --restart";

    private readonly Option<TimeSpan?> _cost = CheckpointOptions.Duration("--cost", "How long one checkpoint holds the job up.");
    private readonly Option<double?> _nodes = new("--nodes") { Description = "Nodes of the job.", HelpName = "N" };
    private readonly Option<string?> _job = new("--job") { Description = "Of this job: nodes, cost, interval and the fleet's failures are asked of the controller; what is told beside it wins.", HelpName = "ID" };
    private readonly Option<bool> _fleet = new("--fleet") { Description = "Of all running jobs, the one with the most to save first; of the controller as well." };
    private readonly Option<double?> _rate = new("--failure-rate") { Description = "Failures of a node in a day, such as 0.0065.", HelpName = "R" };
    private readonly Option<double?> _failures = new("--failures") { Description = "Failures that this site counted, in --node-days.", HelpName = "N" };
    private readonly Option<double?> _days = new("--node-days") { Description = "Nodes times days in which they were counted.", HelpName = "D" };
    private readonly Option<TimeSpan?> _restart = CheckpointOptions.Duration("--restart", "From a failure until the job works again, its wait in the queue included.");
    private readonly Option<TimeSpan?> _interval = CheckpointOptions.Duration("--interval", "How often the job saves now, to compare.");
    private readonly Option<bool> _json = new("--json") { Description = "JSON for programs; docs/cli.md describes it." };
    private readonly FleetQueryOptions _controller;
    private readonly CommandSurroundings _surroundings;

    private CheckpointAdviceCommand(CommandSurroundings surroundings) => (_surroundings, _controller) = (surroundings, new(surroundings));

    public static Command Create(CommandSurroundings surroundings) => new CheckpointAdviceCommand(surroundings).Create();

    private Command Create()
    {
        var command = new Command("advise", "Say how often a job should checkpoint (Young and Daly), what share of its time it then makes progress, and what that saves.")
        {
            _job, _fleet, _cost, _nodes, _rate, _failures, _days, _restart, _interval, _json,
        };
        _controller.AddAddressTo(command);
        command.Validators.Add(result =>
        {
            var (asksForJob, asksForAll) = (result.GetValue(_job) is not null, result.GetValue(_fleet));
            if (!asksForJob && !asksForAll && (result.GetValue(_cost) is null || result.GetValue(_nodes) is null)) result.AddError("tell --cost and --nodes, or --job, or --fleet");
            if (asksForAll && (asksForJob || result.GetValue(_cost) is not null || result.GetValue(_nodes) is not null || result.GetValue(_interval) is not null))
                result.AddError("--fleet is of all jobs: --job, --cost, --nodes and --interval are of one");
            if (result.GetValue(_nodes) is not (null or (> 0 and < 1e9))) result.AddError("--nodes must be above 0");
            if (result.GetValue(_rate) is not (null or (> 0 and < 1e6))) result.AddError("--failure-rate must be above 0");
            if (result.GetValue(_failures) is null != result.GetValue(_days) is null) result.AddError("--failures and --node-days belong together");
            if (result.GetValue(_failures) is not (null or (> 0 and < 1e9)) || result.GetValue(_days) is not (null or (> 0 and < 1e12)))
                result.AddError("--failures and --node-days must be above 0; where nothing failed yet, leave both out");
            if (result.GetValue(_failures) is not null && result.GetValue(_rate) is not null) result.AddError("tell --failure-rate or --failures, not both");
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var terminal = _surroundings.Terminal;
        if (parsed.GetValue(_fleet))
        {
            var answer = await AskAsync(parsed, "/v1/advice", cancellation);
            var rate = Told(parsed) ?? SourcedFigure.Of(answer);
            var all = answer.Jobs.Select(job => CheckpointAdviceReport.Of(With(AdviceFigures.Of(job, rate), parsed))).OrderByDescending(static one => one.SavedCardHoursPerDay ?? -1).ToList();
            var fleet = new FleetAdviceReport(rate.Value, rate.Source, all);
            if (parsed.GetValue(_json)) JsonText.Write(terminal.Output, fleet, CliJson.Plain.FleetAdviceReport);
            else terminal.Write(CheckpointAdviceScreen.Of(fleet, terminal.Width));
            return ExitCode.Ok;
        }

        var report = CheckpointAdviceReport.Of(With(parsed.GetValue(_job) is { } id ? await JobAsync(parsed, id, cancellation) : Numbers(parsed), parsed));
        if (parsed.GetValue(_json)) JsonText.Write(terminal.Output, report, CliJson.Plain.CheckpointAdviceReport);
        else terminal.Write(CheckpointAdviceScreen.Of(report, terminal.Width));
        return ExitCode.Ok;
    }

    private async Task<AdviceFigures> JobAsync(ParseResult parsed, string id, CancellationToken cancellation)
    {
        var answer = await AskAsync(parsed, "/v1/advice/" + Uri.EscapeDataString(id), cancellation);
        return AdviceFigures.Of(answer.Jobs[0], Told(parsed) ?? SourcedFigure.Of(answer));
    }

    private AdviceFigures Numbers(ParseResult parsed) => new()
    {
        Nodes = parsed.GetValue(_nodes)!.Value,
        Cost = SourcedFigure.Told(parsed.GetValue(_cost)!.Value.TotalSeconds),
        Rate = Told(parsed) ?? SourcedFigure.UsualRateOf(TellYourOwn),
        Restart = new(CheckpointInterval.UsualRestart, UsualRestart),
    };

    /// <summary>What somebody tells wins.</summary>
    private AdviceFigures With(AdviceFigures figures, ParseResult parsed) => figures with
    {
        Nodes = parsed.GetValue(_nodes) ?? figures.Nodes,
        Cost = Told(parsed, _cost) ?? figures.Cost,
        Restart = Told(parsed, _restart) ?? figures.Restart,
        Interval = Told(parsed, _interval) ?? figures.Interval,
    };

    private SourcedFigure? Told(ParseResult parsed) => parsed.GetValue(_rate) is { } rate ? SourcedFigure.Told(rate)
        : parsed.GetValue(_failures) is { } count ? SourcedFigure.Counted(count, parsed.GetValue(_days)!.Value) : null;

    private static SourcedFigure? Told(ParseResult parsed, Option<TimeSpan?> option) => parsed.GetValue(option) is { } time ? SourcedFigure.Told(time.TotalSeconds) : null;

    private async Task<AdviceAnswer> AskAsync(ParseResult parsed, string path, CancellationToken cancellation)
    {
        using var client = _controller.Client(parsed);
        return AgentClient.Read(await client.GetAsync(path, cancellation), RecoveryApiJson.Default.AdviceAnswer);
    }
}

using System.CommandLine;
using Forewarn.Daemon.Checkpoints;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint latest|verify|advise</c>: which checkpoint a job can go on from, without an agent and without the framework that wrote it.</summary>
internal static class CheckpointCommands
{
    // A person who waits wants to see that something moves.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    public static Command Create(CommandSurroundings surroundings) =>
        new("checkpoint", "Find, verify and plan the checkpoints of jobs; nothing in them is loaded.")
        {
            Latest(surroundings), Verify(surroundings), CheckpointAdviceCommand.Create(surroundings),
        };

    private static Command Latest(CommandSurroundings surroundings)
    {
        var options = new CheckpointOptions();
        var folder = new Argument<string>("DIR") { Description = "The folder that the job saves into." };
        var command = new Command("latest", "Print the path of the newest complete checkpoint, and nothing else, for a job script.") { folder };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var order = options.Order(parsed, Path.GetFullPath(parsed.GetValue(folder)!), null, surroundings.Time);
            var answer = await new CheckpointExamination(surroundings.Program, surroundings.Time).RunAsync(order, options.Within(parsed), null, cancellation);
            var code = answer.Verdicts.Any(verdict => verdict.IsComplete) ? ExitCode.Ok : CodeOf(answer);
            var terminal = surroundings.Terminal;
            if (parsed.GetValue(options.Json)) JsonText.Write(terminal.Output, CheckpointSearchReport.Of(answer, code), CliJson.Plain.CheckpointSearchReport);
            // As it is: a script takes it whole, whatever a terminal could show of it.
            else if (answer.Verdicts.FirstOrDefault(verdict => verdict.IsComplete) is { } found) terminal.Output.Write(found.Checkpoint.Path + "\n");
            CheckpointScreen.Complain(terminal, answer, order);
            return code;
        });
        return command;
    }

    private static Command Verify(CommandSurroundings surroundings)
    {
        var options = new CheckpointOptions();
        var path = new Argument<string>("PATH") { Description = "A checkpoint: its folder, or its file." };
        var command = new Command("verify", "Say whether a checkpoint is complete, and what of it was checked.") { path };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(path)!));
            if (Path.GetDirectoryName(full) is not { } root) throw new CommandFailedException("name a checkpoint, not /") { Code = ExitCode.Usage };
            var order = options.Order(parsed, root, Path.GetFileName(full), surroundings.Time);
            var asJson = parsed.GetValue(options.Json);
            var answer = await new CheckpointExamination(surroundings.Program, surroundings.Time).RunAsync(
                order, options.Within(parsed), asJson ? null : Progress(surroundings), cancellation);
            var code = answer.Verdicts is [{ IsComplete: true }] ? ExitCode.Ok : CodeOf(answer);
            if (asJson) JsonText.Write(surroundings.Terminal.Output, CheckpointSearchReport.Of(answer, code), CliJson.Plain.CheckpointSearchReport);
            else CheckpointScreen.Show(surroundings.Terminal, answer, surroundings.Time.GetUtcNow(), surroundings.Zone);
            return code;
        });
        return command;
    }

    private static int CodeOf(CheckpointAnswer answer) =>
        answer.End == CheckpointAnswerEnd.TimedOut ? ExitCode.TimedOut
        : answer.Verdicts.Count > 0 ? ExitCode.CheckpointRefused
        : answer.End == CheckpointAnswerEnd.Failed ? ExitCode.Failed
        : answer.Skipped.Count > 0 ? ExitCode.CheckpointRefused
        : ExitCode.NoCheckpoint;

    private static Action<string, int> Progress(CommandSurroundings surroundings)
    {
        var last = surroundings.Time.GetTimestamp();
        return (at, count) =>
        {
            if (surroundings.Time.GetElapsedTime(last) < Period) return;
            last = surroundings.Time.GetTimestamp();
            surroundings.Terminal.WriteError($"{count} looked at, now {ShownName.Of(at)}");
        };
    }
}

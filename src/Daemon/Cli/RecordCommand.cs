using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn record</c>: everything that is read of the devices, a line each second, for <c>forewarn replay</c>.</summary>
internal static class RecordCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var query = new QueryOptions(surroundings);
        var file = new Argument<string>("FILE") { Description = "Where to; it is made, or written at its end." };
        var length = Duration("--for", "How long: 10m, 2h; else until Ctrl-C.", TimeSpan.Zero);
        var interval = Duration("--interval", "How often.", TimeSpan.FromSeconds(1));
        var command = new Command("record", "Record all readings of the devices for forewarn replay, some 100 KiB a line for eight cards.") { file, length, interval };
        query.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = query.Client(parsed);
            var lines = await WriteAsync(client, parsed.GetValue(file)!, parsed.GetValue(length), parsed.GetValue(interval), surroundings.Time, cancellation);
            var text = string.Create(CultureInfo.InvariantCulture, $"{lines} lines in {parsed.GetValue(file)}");
            if (parsed.GetValue(query.Json)) JsonText.Write(surroundings.Terminal.Output, new RecordReport(parsed.GetValue(file)!, lines), CliJson.Plain.RecordReport);
            else surroundings.Terminal.Write(new Line(text));
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<long> WriteAsync(AgentClient client, string file, TimeSpan length, TimeSpan interval, TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        var (start, lines) = (time.GetTimestamp(), 0L);
        try
        {
            await using var output = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            do
            {
                // The agent's answer is one line already: what is recorded is what anybody is told.
                await output.WriteAsync(await client.GetAsync("/v1/devices", cancellation), cancellation);
                await output.WriteAsync("\n"u8.ToArray(), cancellation);
                await output.FlushAsync(cancellation);
                lines++;
            }
            while ((length == TimeSpan.Zero || time.GetElapsedTime(start) < length) && await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message, exception);
        }

        return lines;
    }

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan usual) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (DurationText.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var duration) && duration > TimeSpan.Zero) return duration;
            result.AddError($"{name} takes a duration: 250ms 1s 10m 2h");
            return usual;
        },
    };
}

/// <summary>What was recorded.</summary>
/// <param name="File">Where.</param>
/// <param name="Lines">How many lines were added.</param>
internal sealed record RecordReport(string File, long Lines);

using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Replay;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn record</c>: everything that is read of the devices, a line each second, and the kernel log, for <c>forewarn replay</c>.</summary>
internal static class RecordCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var query = new QueryOptions(surroundings);
        var file = new Argument<string>("FILE") { Description = "Where to; it is made, or written at its end." };
        var length = Duration("--for", "How long: 10m, 2h; else until Ctrl-C.", TimeSpan.Zero);
        var interval = Duration("--interval", "How often.", TimeSpan.FromSeconds(1));
        var kmsg = new Option<string?>("--kmsg")
        {
            Description = "Also the kernel log, all that it holds and what comes, into a file of its own, which must not be there yet. As root, or where anybody may read it.",
            HelpName = "LOG",
        };
        var command = new Command("record", "Record all readings of the devices for forewarn replay, some 100 KiB a line for eight cards.") { file, length, interval, kmsg };
        query.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = query.Client(parsed);
            using var log = parsed.GetValue(kmsg) is { } copy ? await CopyAsync(client, copy, cancellation) : null;
            var lines = await WriteAsync(client, parsed.GetValue(file)!, parsed.GetValue(length), parsed.GetValue(interval), surroundings.Time, cancellation);
            log?.End();
            var report = new RecordReport(parsed.GetValue(file)!, lines) { Kmsg = parsed.GetValue(kmsg), Records = log?.Records };
            if (parsed.GetValue(query.Json)) JsonText.Write(surroundings.Terminal.Output, report, CliJson.Plain.RecordReport);
            else surroundings.Terminal.Write(new Line(Text(report)));
            return log?.Trouble is { } trouble ? throw new CommandFailedException($"the kernel log is not copied to its end: {trouble}") : ExitCode.Ok;
        });
        return command;
    }

    private static string Text(RecordReport report) => string.Create(CultureInfo.InvariantCulture, $"{report.Lines} lines in {report.File}")
        + (report.Kmsg is { } log ? string.Create(CultureInfo.InvariantCulture, $", {report.Records} records in {log}") : "");

    /// <summary>Of the log that the agent reads: a simulated node has one of its own.</summary>
    private static async Task<KernelLogCopy> CopyAsync(AgentClient client, string file, CancellationToken cancellation)
    {
        var node = AgentClient.Read(await client.GetAsync("/v1/node", cancellation), ApiJson.Default.NodeReport);
        if (node.KernelLog?.Path is not { } path) throw new CommandFailedException("the agent reads no kernel log: [KernelLog] Enabled=no");
        try
        {
            return KernelLogCopy.Start(path, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message, exception);
        }
    }

    private static async Task<long> WriteAsync(AgentClient client, string file, TimeSpan length, TimeSpan interval, TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        var start = time.GetTimestamp();
        SampleFile? output = null;
        try
        {
            output = new SampleFile(file);
            do
            {
                // What is recorded is what anybody is told.
                output.Add(await client.GetAsync("/v1/devices", cancellation));
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
        finally
        {
            output?.Dispose();
        }

        return output?.Lines ?? 0;
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
internal sealed record RecordReport(string File, long Lines)
{
    /// <summary>Where the kernel log was copied to; absent where that was not asked for.</summary>
    public string? Kmsg { get; init; }

    /// <summary>Records of the kernel log in it.</summary>
    public long? Records { get; init; }
}

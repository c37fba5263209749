using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Replay;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn replay</c>: what the rules would have said of something recorded, as fast as it can be read.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var kmsg = new Option<string?>("--kmsg") { Description = "A kernel log: saved /dev/kmsg, or the output of dmesg.", HelpName = "FILE" };
        var samples = new Option<string?>("--samples") { Description = "What forewarn record wrote.", HelpName = "FILE" };
        var booted = new Option<DateTimeOffset>("--booted")
        {
            Description = "When the machine of the kernel log was booted; else times count from 2000-01-01.",
            HelpName = "TIME",
            DefaultValueFactory = _ => Recording.UnknownBoot,
        };
        var config = new Option<string?>("--config") { Description = "Rules as this file sets them; else /etc/forewarn/forewarn.conf.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var command = new Command("replay", "Run a recording through the rules: findings, states over time, alarms per 1,000 device-days.")
        {
            kmsg, samples, booted, config, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(kmsg) is null == result.GetValue(samples) is null) result.AddError("name one recording: --kmsg FILE or --samples FILE");
        });
        command.SetAction(parsed =>
        {
            var paths = parsed.GetValue(config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration;
            var loaded = new ConfigurationLoader(surroundings.Settings).Load(paths, []);
            if (loaded.Options is not { } options)
            {
                foreach (var error in loaded.Errors) surroundings.Terminal.WriteError(error.ToString());
                return ExitCode.Usage;
            }

            var report = Run(parsed.GetValue(kmsg), parsed.GetValue(samples), parsed.GetValue(booted), options);
            if (parsed.GetValue(json)) JsonText.Write(surroundings.Terminal.Output, report, CliJson.Plain.ReplayReport);
            else Show(surroundings.Terminal, report);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ReplayReport Run(string? kmsg, string? samples, DateTimeOffset booted, ForewarnOptions options)
    {
        try
        {
            return kmsg is not null ? Recording.Kernel(kmsg, booted, options) : Recording.Samples(samples!, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandFailedException(exception.Message, exception);
        }
    }

    private static void Show(Terminal terminal, ReplayReport report)
    {
        foreach (var line in report.Story)
        {
            var device = line.PciAddress ?? "node";
            var what = line.Rule is null ? line.Text : $"{Verb(line.Kind)} {line.Rule}: {line.Text}";
            var tone = line.Kind == HealthEventKind.FindingRaised && line.Severity >= Severity.Degraded ? Tone.Bad : Tone.Plain;
            terminal.Write(new Line(string.Create(CultureInfo.InvariantCulture, $"{line.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {device,-12}  {what}"), tone));
        }

        var rate = report.AlarmsPerThousandDeviceDays is { } alarms ? string.Create(CultureInfo.InvariantCulture, $", {alarms:0.##} for each 1,000 device-days") : "";
        terminal.Write(new Line(string.Create(
            CultureInfo.InvariantCulture, $"{report.Devices} devices, {report.Events} events in {Quantity.Duration(report.To - report.From)}; {report.Alarms} alarms{rate}")));
        if (report.Refused > 0) terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"{report.Refused} lines were not understood"));
        if (report.UnknownReadings > 0)
            terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"{report.UnknownReadings} readings are of signals that this version does not know"));
    }

    private static string Verb(HealthEventKind kind) => kind switch
    {
        HealthEventKind.FindingRaised => "+",
        HealthEventKind.FindingCleared => "-",
        _ => "~",
    };
}

using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn report</c>: all that is known of a card in one file, to go with it to its maker.</summary>
internal static class ReportCommand
{
    // All that a store of 14 days holds of one device, but for a storm; the API gives no more at once.
    private const int MostEvents = 5000;

    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var which = new Argument<string>("DEVICE") { Description = "Its id, index, PCI address or serial." };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; else forewarn-report-… in this folder.", HelpName = "FILE" };
        var command = new Command("report", "Write one archive for the return of a card: who it is, what is the matter, counters, log lines, timeline.") { which, output };
        options.AddTo(command);
        options.AddConfigTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var dossier = await AskAsync(client, parsed.GetRequiredValue(which), options.Rack(parsed), cancellation);
            var file = parsed.GetValue(output) ?? dossier.Name + ".tar.gz";
            Write(file, dossier);
            var written = new ReportWritten { Simulated = dossier.Device.Simulated, File = Path.GetFullPath(file), Files = [.. dossier.Files().Select(one => one.Name)] };
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, written, CliJson.Plain.ReportWritten);
            else surroundings.Terminal.Write(new Line($"written: {written.File}"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<CardDossier> AskAsync(AgentClient client, string name, string? rack, CancellationToken cancellation)
    {
        var id = Uri.EscapeDataString(await DeviceLookup.FindAsync(client, name, cancellation));
        var device = AgentClient.Read(await client.GetAsync($"/v1/devices/{id}", cancellation), ApiJson.Default.SingleDevice);
        var node = AgentClient.Read(await client.GetAsync("/v1/node", cancellation), ApiJson.Default.NodeReport);
        var query = string.Create(CultureInfo.InvariantCulture, $"/v1/events?device={id}&limit={MostEvents}");
        return new(device, node, AgentClient.Read(await client.GetAsync(query, cancellation), ApiJson.Default.EventList), rack);
    }

    // Whole or not at all, and for its owner alone: it says whose machine this is and what ran on it.
    internal static void Write(string file, CardDossier dossier)
    {
        var draft = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                ReportArchive.Write(stream, dossier);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(draft)) File.Delete(draft);
            throw new CommandFailedException($"cannot write {file}: {refused.Message}", refused);
        }
    }
}

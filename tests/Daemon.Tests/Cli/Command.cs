using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Tests.Cli;

/// <summary>A command line run inside the test, as <c>Program.cs</c> runs it.</summary>
internal sealed class Command
{
    public int Code { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public AgentRequest? Agent { get; private set; }

    public ControllerRequest? Controller { get; private set; }

    public DoctorRequest? Doctor { get; private set; }

    /// <summary>On a screen of 80×24 unless told otherwise; the configuration is one that is not there.</summary>
    public static async Task<Command> RunAsync(
        IEnumerable<string> arguments, string? configuration = null, int? height = 24, bool colour = false, bool unicode = true,
        int width = Terminal.UsualWidth, bool live = false, TimeProvider? time = null, Func<CancellationToken, Task>? quit = null,
        StringWriter? complaints = null, ICommandRunner? commands = null, string? job = null, CancellationToken cancellation = default)
    {
        var command = new Command();
        using var output = new StringWriter();
        using var error = complaints ?? new StringWriter();
        var surroundings = new CommandSurroundings
        {
            RunAgent = (request, _) =>
            {
                command.Agent = request;
                return Task.FromResult(7);
            },
            RunController = (request, _) =>
            {
                command.Controller = request;
                return Task.FromResult(9);
            },
            RunDoctor = (request, _) =>
            {
                command.Doctor = request;
                return Task.FromResult(8);
            },
            Program = Path.Join(AppContext.BaseDirectory, "forewarn"),
            Settings = new SettingCatalog([new("nvml", "libnvidia-ml.so.1")]),
            Terminal = new(output, error, width, height, colour, unicode, live),
            Time = time ?? TimeProvider.System,
            Commands = commands ?? new CommandRunner(TimeProvider.System),
            SlurmNodeName = null,
            SlurmJob = job,
            Quit = quit ?? (_ => new TaskCompletionSource().Task),
            Zone = TimeZoneInfo.Utc,
            Configuration = new(configuration ?? "/nonexistent/forewarn.conf", Required: false),
        };
        command.Code = await CommandLine.RunAsync([.. arguments], surroundings, cancellation);
        (command.Output, command.Error) = (output.ToString(), error.ToString());
        return command;
    }
}

using System.Runtime.InteropServices;
using Forewarn.Daemon.Cli;

namespace Forewarn.Daemon.Roles;

/// <summary>The command line: gives its commands what they need, the roles among it.</summary>
internal static class CommandRole
{
    public static Task<int> RunAsync(string[] arguments) => CommandLine.RunAsync(arguments, new CommandSurroundings
    {
        RunAgent = static (request, cancellation) => UntilSignalAsync(stop => AgentRole.RunAsync(request, stop), cancellation),
        RunController = static (request, cancellation) => UntilSignalAsync(stop => ControllerRole.RunAsync(request, stop), cancellation),
        RunDoctor = DoctorRole.RunAsync,
        Program = ProgramFile.Find(),
        Settings = ProgramSettings.Catalog,
        Terminal = Terminal.OfThisProcess(),
    });

    private static async Task<int> UntilSignalAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return await run(stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}

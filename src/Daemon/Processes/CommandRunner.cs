using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Forewarn.Daemon.Processes;

/// <summary>Runs real programs. What they print is read to its end and kept up to a bound, so that none of them stands before a full pipe.</summary>
/// <param name="time">The clock.</param>
/// <param name="path">Where programs are looked for; null for PATH as it is.</param>
/// <param name="most">How many characters of what a program prints are kept.</param>
internal sealed class CommandRunner(TimeProvider time, string? path = null, int most = CommandRunner.UsualOutput) : ICommandRunner
{
    // slurmd gives its prologs and HealthCheckProgram no PATH at all: then that of login(1) for root holds.
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // Own figure: a line for each of 10,000 nodes in ten partitions.
    private const int UsualOutput = 16 << 20;

    // A killed program's pipes close at once, unless something that left its group holds them: that is not waited for.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    public async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        // Looked up here: left to itself, .NET tries the current directory before PATH, and that may be anybody's.
        if (Find(program) is not { } file) return new(CommandEnd.NotStarted, 0, "", "no such program in PATH");
        using var process = new Process { StartInfo = StartOf(file, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            return new(CommandEnd.NotStarted, 0, "", refused.Message);
        }

        process.StandardInput.Close();
        var (output, errors) = (ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(either.Token);
            var (told, complained) = (await output.WaitAsync(either.Token), await errors.WaitAsync(either.Token));
            return told.Length > most
                ? new(CommandEnd.Cut, process.ExitCode, "", string.Create(CultureInfo.InvariantCulture, $"it printed more than {most} characters"))
                : new(CommandEnd.Exited, process.ExitCode, told, complained);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancellation.ThrowIfCancellationRequested();
            return new(CommandEnd.TimedOut, 0, "", await SaidAsync(errors));
        }
    }

    private string? Find(string program)
    {
        if (program.Contains('/')) return program;
        var folders = path ?? Environment.GetEnvironmentVariable("PATH");
        return (string.IsNullOrEmpty(folders) ? UsualPath : folders).Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists);
    }

    private static ProcessStartInfo StartOf(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What we read is meant for programs, whatever the language of whoever called us.
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        var (text, buffer) = (new StringBuilder(), new char[4096]);
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            if (text.Length <= most) text.Append(buffer, 0, count);
        }

        return text.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    private async Task<string> SaidAsync(Task<string> errors)
    {
        try
        {
            return await errors.WaitAsync(Farewell, time);
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}

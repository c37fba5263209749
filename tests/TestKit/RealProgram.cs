using System.Collections.Concurrent;
using System.Diagnostics;

namespace Forewarn.TestKit;

/// <summary>A program that a test runs: what it prints is kept, and it does not outlive the test.</summary>
public sealed class RealProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private RealProgram(Process process)
    {
        _process = process;
        Pid = process.Id;
        Started = TimeProvider.System.GetTimestamp();
        Ended = WaitAsync(CollectAsync(process.StandardOutput, _output), CollectAsync(process.StandardError, _errors));
    }

    public int Pid { get; }

    /// <summary>Timestamp of <see cref="TimeProvider.System"/> right after its start.</summary>
    public long Started { get; }

    /// <summary>Completes once all that it printed was read; with the exit code, or 128 and the number of the signal that ended it.</summary>
    public Task<int> Ended { get; }

    public bool IsRunning => !_process.HasExited;

    public string Output => string.Join('\n', _output);

    public IReadOnlyCollection<string> ErrorLines => _errors;

    public string Errors => string.Join('\n', _errors);

    public static RealProgram Start(string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new RealProgram(Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started"));
    }

    /// <summary>Runs to the end with this text on its standard input.</summary>
    public static async Task<RealProgram> RunAsync(string program, IEnumerable<string> arguments, string input, TimeSpan within)
    {
        var started = Start(program, arguments);
        await started._process.StandardInput.WriteAsync(input);
        started._process.StandardInput.Close();
        await started.Ended.WaitAsync(within, TimeProvider.System);
        return started;
    }

    public void Signal(int signal) => Processes.Signal(Pid, signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await Ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        _process.Dispose();
    }

    private static async Task CollectAsync(StreamReader reader, ConcurrentQueue<string> into)
    {
        while (await reader.ReadLineAsync() is { } line) into.Enqueue(line);
    }

    private async Task<int> WaitAsync(params Task[] readers)
    {
        await _process.WaitForExitAsync();
        // A child that was left behind may hold the pipe open; that is for the test to find, not to wait for.
        await Task.WhenAny(Task.WhenAll(readers), Pause.ForAsync(TimeSpan.FromSeconds(1)));
        return _process.ExitCode;
    }
}

using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Simulation;

/// <summary>
/// The child process of a simulated node. It ends when its standard input closes, so that it also goes when the agent
/// is killed; what it prints is read to the end, or it would block in a write.
/// </summary>
internal sealed partial class SimulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<string> _complaints = new();
    private bool _isReady;
    private bool _isDisposed;

    private SimulatorProcess(Process process, TimeProvider time, ILogger logger)
    {
        _process = process;
        _time = time;
        _logger = logger;
        Ended = WaitForEndAsync();
    }

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Ended { get; }

    public static SimulatorProcess Start(string program, IEnumerable<string> arguments, TimeProvider time, ILogger logger)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            process.Dispose();
            throw new SimulationException($"{program} cannot be started: {refused.Message}");
        }

        return new(process, time, logger);
    }

    /// <summary>The first line with this beginning; what is printed later goes to the log.</summary>
    public async Task<string> WaitForLineAsync(string beginning, TimeSpan deadline, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            // A read of a pipe cannot be cancelled; one that is left behind ends with the process.
            while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(either.Token) is { } line)
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    Volatile.Write(ref _isReady, true);
                    _ = DrainOutputAsync();
                    return line;
                }
            }

            var code = await Ended.WaitAsync(either.Token);
            throw new SimulationException($"{_process.StartInfo.FileName} ended with code {code} before its node was ready{Complaints()}");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SimulationException(
                $"{_process.StartInfo.FileName} had no node ready after {deadline.TotalSeconds:0} s{Complaints()}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _process.StandardInput.Close();
        if (!await EndsInTimeAsync())
        {
            _process.Kill();
            if (!await EndsInTimeAsync())
            {
                Log.Abandoned(_logger, _process.Id);
                return;
            }
        }

        _process.Dispose();
    }

    private async Task<bool> EndsInTimeAsync()
    {
        try
        {
            await Ended.WaitAsync(StopDeadline, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<int> WaitForEndAsync()
    {
        var errors = ReadErrorsAsync();
        await _process.WaitForExitAsync();
        await errors;
        return _process.ExitCode;
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (Volatile.Read(ref _isReady))
            {
                Log.Printed(_logger, line);
            }
            else if (_complaints.Count < 20) // a scenario's errors, one a line: more than a screen helps nobody
            {
                _complaints.Enqueue(line);
            }
        }
    }

    private async Task DrainOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Log.Printed(_logger, line);
        }
    }

    private string Complaints() => _complaints.IsEmpty ? "" : ":\n  " + string.Join("\n  ", _complaints);

    private static partial class Log
    {
        [LoggerMessage(411, LogLevel.Warning, "The simulated node printed: {Line}")]
        public static partial void Printed(ILogger logger, string line);

        [LoggerMessage(412, LogLevel.Warning, "The simulated node cannot be killed and is left behind: process {Pid}")]
        public static partial void Abandoned(ILogger logger, int pid);
    }
}

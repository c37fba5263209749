using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// Looks at checkpoints in a child process: a file server that does not answer holds the child, never whoever asks. It may look as another user, who then
/// sees what that user sees.
/// </summary>
internal sealed class CheckpointExamination(string program, TimeProvider time)
{
    /// <summary>The child's first argument; the second is the order.</summary>
    public const string Verb = "examine-checkpoint";

    // After SIGKILL: a process in uninterruptible sleep stays, and is not waited for.
    private static readonly TimeSpan Reaping = TimeSpan.FromSeconds(1);

    // A heap for 200,000 names twice and the largest safetensors header; a folder that wants more ends the child, not the node. Hexadecimal.
    private static readonly (string Name, string Value)[] Runtime =
    [
        ("DOTNET_gcConcurrent", "0"),
        ("DOTNET_GCHeapHardLimit", "20000000"),
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <param name="order">What to look at; its root is an absolute path.</param>
    /// <param name="within">How long it may take in all.</param>
    /// <param name="progress">Is told what is looked at next, and how many were so far.</param>
    /// <param name="cancellation">Ends it as well.</param>
    public async Task<CheckpointAnswer> RunAsync(CheckpointOrder order, TimeSpan within, Action<string, int>? progress, CancellationToken cancellation)
    {
        using var process = Process.Start(Describe(order)) ?? throw new InvalidOperationException("no process was started");
        var heard = new Hearing(progress);
        var reading = heard.ListenAsync(process.StandardOutput);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await reading.WaitAsync(within, time, cancellation);
            if (heard.End is { } end) return heard.Answer(end.Trouble is null ? CheckpointAnswerEnd.Done : CheckpointAnswerEnd.Failed, end.Trouble);
            await process.WaitForExitAsync(cancellation).WaitAsync(Reaping, time, cancellation);
            var last = (await errors.WaitAsync(Reaping, time, cancellation)).Trim().Split('\n')[0];
            var what = $"the process that looked ended ({new ProbeEnd(process.ExitCode).Name}) {heard.Where}";
            return heard.Answer(CheckpointAnswerEnd.Failed, last.Length > 0 ? $"{what}: {last}" : what);
        }
        catch (TimeoutException)
        {
            return heard.Answer(CheckpointAnswerEnd.TimedOut, string.Create(
                CultureInfo.InvariantCulture, $"not done within {within.TotalSeconds:0.###} s: the file system was asked last {heard.Where}, and is slow or does not answer"));
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private ProcessStartInfo Describe(CheckpointOrder order)
    {
        var start = new ProcessStartInfo(program, [Verb, JsonSerializer.Serialize(order, CheckpointJson.Plain.CheckpointOrder)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in ProbeLaunch.NotPassedOn) start.Environment.Remove(name);
        foreach (var (name, value) in Runtime) start.Environment[name] = value;
        return start;
    }

    private async Task EndAsync(Process process)
    {
        try
        {
            process.StandardInput.Close(); // it ends by that as well
            process.Kill();
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or Win32Exception)
        {
            // It has ended; or it is another user by now, whom ours may not kill unless it is root.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(Reaping, time);
        }
        catch (Exception gone) when (gone is InvalidOperationException or TimeoutException)
        {
            // The kernel holds it.
        }
    }

    /// <summary>What the child has said so far.</summary>
    private sealed class Hearing(Action<string, int>? progress)
    {
        private readonly Lock _lock = new();
        private readonly List<CheckpointVerdict> _verdicts = [];
        private string _at = "";
        private int _count;

        public CheckpointEnd? End { get; private set; }

        public string Where => _at.Length == 0 ? "before it looked at anything" : $"at {ShownName.Of(_at)}";

        public CheckpointAnswer Answer(CheckpointAnswerEnd end, string? trouble)
        {
            lock (_lock) return new(end, [.. _verdicts], End?.Skipped ?? [], trouble);
        }

        public async Task ListenAsync(StreamReader lines)
        {
            while (End is null && await lines.ReadLineAsync() is { } line) Hear(line);
        }

        private void Hear(string text)
        {
            CheckpointLine? line;
            try
            {
                line = JsonSerializer.Deserialize(text, CheckpointJson.Plain.CheckpointLine);
            }
            catch (JsonException)
            {
                return; // Half a line, from a child that was killed.
            }

            lock (_lock)
            {
                if (line?.Verdict is { } verdict) _verdicts.Add(verdict);
                if (line?.At is { } at) (_at, _count) = (at, _count + 1);
                End = line?.End;
            }

            if (line?.At is not null) progress?.Invoke(_at, _count);
        }
    }
}

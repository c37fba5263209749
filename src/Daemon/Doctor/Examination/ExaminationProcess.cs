using System.Diagnostics;
using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>
/// Asks a vendor library in a child process that may be lost: a hung driver must not hang who asks about it. The child announces its calls
/// in slots as a probe does; one that is past its deadline costs the child, and the next one leaves that device out.
/// </summary>
internal sealed class ExaminationProcess(ProbeLaunch launch, TimeProvider time)
{
    /// <summary>The child's first argument; the others are those of a probe.</summary>
    public const string Verb = "examine";

    // A node with several hung cards costs a deadline each; after this the rest stays unasked.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // The slots are memory that the child writes to: nobody wakes who waits for them, so they are looked at.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    // After SIGKILL: a process in uninterruptible sleep stays, and is not waited for.
    private static readonly TimeSpan Reaping = TimeSpan.FromSeconds(1);

    public async Task<SourceFacts> RunAsync(ProbeSettings settings, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var failed = new List<FailedCall>();
        while (true)
        {
            var slots = Path.Join(launch.SlotDirectory, $"{settings.Source}-{failed.Count}");
            var (facts, call, what) = await OnceAsync(settings with { Slots = slots }, cancellation);
            if (what is null) return new(facts, failed);
            if (call is null) return new(facts, failed, what);
            failed.Add(new(call.Device, call.Call, what));
            if (call.Device == SourceFacts.Whole) return new(facts, failed);
            if (time.GetElapsedTime(begin) > Longest) return new(facts, failed, "the other devices were not asked: that took too long");
            settings = settings with { Except = [.. settings.Except, call.Device] };
        }
    }

    private async Task<(IReadOnlyList<Fact> Facts, CallInFlight? Call, string? What)> OnceAsync(
        ProbeSettings settings, CancellationToken cancellation)
    {
        using var slots = CallSlots.Create(settings.Slots);
        using var process = Process.Start(Describe(settings)) ?? throw new InvalidOperationException("no process was started");
        var facts = new List<Fact>();
        var reading = ReadAsync(process.StandardOutput, facts);
        var begin = time.GetTimestamp();
        try
        {
            while (!reading.IsCompleted)
            {
                if (slots.Overdue(time) is { } late) return (Told(facts), late, $"did not return within {late.Deadline.TotalSeconds:0.#} s");
                if (time.GetElapsedTime(begin) > Longest) return (Told(facts), null, "the examination did not come to an end");
                await Task.WhenAny(reading, Task.Delay(Period, time, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }

            if (await reading) return (Told(facts), null, null);
            await process.WaitForExitAsync(cancellation).WaitAsync(Reaping, time, cancellation);
            return (Told(facts), slots.Read(ProbeLane.Fast), $"ended the process that asked ({new ProbeEnd(process.ExitCode).Name})");
        }
        catch (TimeoutException)
        {
            return (Told(facts), slots.Read(ProbeLane.Fast), "left the process that asked half ended");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private ProcessStartInfo Describe(ProbeSettings settings)
    {
        var start = new ProcessStartInfo(launch.Executable, [Verb, .. settings.ToArguments().Skip(1)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        launch.Apply(start.Environment);
        return start;
    }

    private static IReadOnlyList<Fact> Told(List<Fact> facts)
    {
        lock (facts) return [.. facts];
    }

    /// <summary>True when the child said that it had asked everything.</summary>
    private static async Task<bool> ReadAsync(StreamReader lines, List<Fact> into)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line == FactWriter.End) return true;
            if (FactWriter.Parse(line) is not { } fact) continue;
            lock (into) into.Add(fact);
        }

        return false;
    }

    private async Task EndAsync(Process process)
    {
        try
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Reaping, time);
        }
        catch (Exception gone) when (gone is InvalidOperationException or TimeoutException)
        {
            // It had ended, or the kernel holds it.
        }
    }
}

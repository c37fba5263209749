namespace Forewarn.Daemon.Doctor;

/// <summary>Runs the checks side by side, each on a thread of its own: one that fails or blocks costs itself alone, and is named.</summary>
internal sealed class Consultation(TimeProvider time)
{
    /// <summary>A check reads a handful of small files; the vendors' libraries have been asked before.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<CheckReport>> RunAsync(IEnumerable<DoctorCheck> checks, Patient patient, CancellationToken cancellation)
    {
        var running = checks.Select(check => (Check: check, Findings: Start(check, patient))).ToArray();
        // One delay for all: they run side by side, and the answer is awaited no longer than the slowest may take.
        var late = Task.Delay(Deadline, time, cancellation);
        var reports = new List<CheckReport>();
        foreach (var (check, findings) in running)
        {
            await Task.WhenAny(findings, late);
            cancellation.ThrowIfCancellationRequested();
            var found = findings.IsCompletedSuccessfully ? findings.Result
                : [Finding.Warning(
                    $"this check did not come to an end within {Deadline.TotalSeconds} s", "what it looks at hangs; the other checks are whole")];
            reports.AddRange(found.Select(finding => CheckReport.Of(check, finding)));
        }

        return reports;
    }

    private static Task<Finding[]> Start(DoctorCheck check, Patient patient)
    {
        var done = new TaskCompletionSource<Finding[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            new Thread(() => done.SetResult(Guarded(check, patient)), 512 * 1024) { IsBackground = true, Name = check.Name }.Start();
        }
        catch (Exception refused) when (refused is OutOfMemoryException or ThreadStartException)
        {
            // At the limit of tasks the runtime calls it memory.
            done.SetResult([Finding.Warning("this check got no thread: too many tasks run here",
                "ulimit -u; systemd-cgtop -p; the checks that got one are whole")]);
        }

        return done.Task;
    }

    private static Finding[] Guarded(DoctorCheck check, Patient patient)
    {
        try
        {
            return [.. check.Look(patient)];
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            return [Finding.Warning($"this check failed: {failed.Message}", "the other checks are whole; tell the authors of Forewarn")];
        }
    }
}

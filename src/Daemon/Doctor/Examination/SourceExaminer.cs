using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Simulation;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>Decides whether and how a library may be asked: never against an operator's word, and no card that is known to hang.</summary>
internal sealed class SourceExaminer(
    string program, string root, bool isSimulated, Func<DirectoryInfo> makeFolder, TimeProvider time) : IDisposable
{
    // A person waits: a library that takes longer than this to start is a finding in itself.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private DirectoryInfo? _slots;

    /// <summary>
    /// Asks, or says why not: where there is no room for a file or no process more, the other checks are needed most.
    /// </summary>
    public async Task<SourceFacts> RunAsync(
        SourceEntry entry, SourceOptions options, AgentSeen agent, SourceAccount? account, CancellationToken cancellation)
    {
        if (Reason(agent, account) is { } refusal) return refusal;
        try
        {
            return await ExamineAsync(entry, options, account, cancellation);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            return new([], [], $"no process could be started for that: {failed.Message}",
                "make room for files and processes (df; ulimit -u), or name another folder: TMPDIR=/dev/shm forewarn doctor");
        }
    }

    public void Dispose()
    {
        try
        {
            _slots?.Delete(recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // A file system that became read-only meanwhile: a few kilobytes stay.
        }
    }

    /// <summary>Null where nothing speaks against it.</summary>
    private static SourceFacts? Reason(AgentSeen agent, SourceAccount? account) =>
        account is { State: SourceState.Released } ? new([], [], "an operator released the devices, so nothing of ours touches them")
        : account is { AbandonedProcesses: > 0 } ? new([], [], "probes of it already hang in the kernel, and one more would not help")
        : agent.IsSilent ? new(
            [], [], "the agent runs and was not heard; an operator may have released the devices, so nothing of ours touches them",
            "sudo forewarn doctor, once the agent answers; one that never will: systemctl restart forewarn")
        : null;

    private async Task<SourceFacts> ExamineAsync(SourceEntry entry, SourceOptions options, SourceAccount? agent, CancellationToken cancellation)
    {
        _slots ??= makeFolder();
        var stalled = agent?.Unmeasured.Where(device => device.IsStalled).Select(device => device.PciAddress) ?? [];
        var settings = new ProbeSettings
        {
            Source = options.Name,
            Generation = 1,
            Slots = _slots.FullName,
            Library = isSimulated && options.Library == entry.Declaration.Library ? Path.Join(root, "lib", options.Library) : options.Library,
            Root = root,
            StartDeadline = Least(options.StartDeadline, LongestStart),
            SlowDeadline = Least(options.SlowDeadline, LongestCall),
            Except = [.. stalled],
        };
        var environment = isSimulated ? new Dictionary<string, string> { [SimulatedNode.RootVariable] = root } : [];
        return await new ExaminationProcess(new ProbeLaunch(program, _slots.FullName, environment), time).RunAsync(settings, cancellation);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

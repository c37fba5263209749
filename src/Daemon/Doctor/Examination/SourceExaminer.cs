using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Simulation;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>Decides whether and how a library may be asked: never against an operator's word, and no card that is known to hang.</summary>
internal sealed class SourceExaminer(string program, string root, bool isSimulated, TimeProvider time) : IDisposable
{
    // A person waits: a library that takes longer than this to start is a finding in itself.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _slots = Directory.CreateTempSubdirectory("forewarn-doctor-");

    public async Task<SourceFacts> RunAsync(SourceEntry entry, SourceOptions options, SourceAccount? agent, CancellationToken cancellation)
    {
        if (agent is { State: SourceState.Released }) return new([], [], "an operator released the devices, so nothing of ours touches them");
        if (agent is { AbandonedProcesses: > 0 }) return new([], [], "probes of it already hang in the kernel, and one more would not help");
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

    public void Dispose() => _slots.Delete(recursive: true);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Fleet;

/// <summary>What is to be stored of one report.</summary>
internal sealed class FleetEntry
{
    private readonly TaskCompletionSource<bool> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The node as it stands now, without transitions.</summary>
    public required AgentReport Report { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Heard { get; init; }

    /// <summary>What has to be stored, each with the serial of its card.</summary>
    public ImmutableArray<(ReportedTransition Transition, string Serial)> Transitions { get; init; } = [];

    /// <summary>Once it lies on the disk: all of its store up to this number does. More than it has itself where that store was met before and lost what it had since.</summary>
    public long Taken { get; set; }

    /// <summary>True once it lies on the disk; false when the disk refused.</summary>
    public Task<bool> Stored => _stored.Task;

    public void Complete(bool isStored) => _stored.TrySetResult(isStored);
}

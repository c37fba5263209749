namespace Forewarn.Daemon.Roles;

/// <summary>
/// Whether the agent's own loops turn. A vendor call that hangs is a finding and no reason to be restarted: its host goes on turning. A loop
/// of ours that stands still is one.
/// </summary>
internal sealed class ProgressWatch
{
    /// <summary>A loop of ours turns at least four times a second.</summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Loop[] _loops;
    private readonly TimeProvider _time;

    /// <param name="sources">The turns of each source's host.</param>
    /// <param name="assessed">Samples taken by the assessment; null while none waits.</param>
    /// <param name="time">The clock.</param>
    public ProgressWatch(IEnumerable<(string Name, Func<long> Turns)> sources, Func<long?> assessed, TimeProvider time)
    {
        _time = time;
        _loops =
        [
            .. sources.Select(source => new Loop($"the supervisor of source {source.Name}", () => source.Turns())),
            new Loop("the assessment", assessed),
        ];
        foreach (var loop in _loops) loop.ChangedAt = time.GetTimestamp();
    }

    /// <summary>Null while every loop turns; else which one does not.</summary>
    public string? Stuck()
    {
        lock (_gate)
        {
            string? stuck = null;
            foreach (var loop in _loops)
            {
                var turns = loop.Turns();
                if (turns is null || turns != loop.Last) (loop.Last, loop.ChangedAt) = (turns, _time.GetTimestamp());
                else if (_time.GetElapsedTime(loop.ChangedAt) > LongestStandstill) stuck ??= $"{loop.Name} stands still";
            }

            return stuck;
        }
    }

    /// <summary>For the watchdog.</summary>
    public bool HasTurned() => Stuck() is null;

    private sealed class Loop(string name, Func<long?> turns)
    {
        public string Name => name;

        public Func<long?> Turns => turns;

        public long? Last { get; set; }

        public long ChangedAt { get; set; }
    }
}

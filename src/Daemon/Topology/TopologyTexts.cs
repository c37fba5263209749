namespace Forewarn.Daemon.Topology;

/// <summary>What the sources say, as it was read last. Immutable; a reading that says something new makes another one.</summary>
/// <param name="Site">The file of the site; null where there is none.</param>
/// <param name="Fabric">What a walk over the network found; null where nobody walked.</param>
/// <param name="Scheduler">The scheduler's answer; null where it is not asked, or never answered.</param>
/// <param name="Troubles">What could not be read.</param>
internal sealed record TopologyTexts(string? Site, string? Fabric, TopologyReading? Scheduler, IReadOnlyList<TopologyComplaint> Troubles)
{
    /// <summary>Nothing was read yet.</summary>
    public static TopologyTexts None { get; } = new(null, null, null, []);
}

namespace Forewarn.Controller.Incidents;

/// <summary>
/// The same hardware finding on three nodes or more that share driver, leaf, rack or power within ten minutes has one cause, and it is not three
/// broken cards: automatic action pauses, and people are called once.
/// </summary>
/// <param name="Shared">What they share.</param>
/// <param name="Incidents">The incidents.</param>
public sealed record FleetTrouble(string Shared, IReadOnlyList<Incident> Incidents)
{
    // Own figures, as the design has them: two can be chance, three within ten minutes are none.
    private const int FewestNodes = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The trouble that this incident is a part of; null when it stands alone. Of several, the one with most nodes.</summary>
    public static FleetTrouble? Of(Incident incident, IEnumerable<Incident> others, Func<string, NodeKinship> kinship)
    {
        var alike = others.Where(other => other.Id != incident.Id && other.Rule == incident.Rule && (other.Opened - incident.Opened).Duration() <= Window).ToList();
        var own = kinship(incident.Node);
        return alike.SelectMany(other => own.Shared(kinship(other.Node)).Select(shared => (Shared: shared, Incident: other)))
            .GroupBy(pair => pair.Shared, pair => pair.Incident)
            .Select(group => new FleetTrouble(group.Key, [incident, .. group]))
            .Where(trouble => trouble.Nodes >= FewestNodes)
            .OrderByDescending(trouble => trouble.Nodes).ThenBy(trouble => trouble.Shared, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>How many nodes.</summary>
    public int Nodes => Incidents.Select(incident => incident.Node).Distinct().Count();
}

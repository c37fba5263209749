namespace Forewarn.Controller.Incidents;

/// <summary>
/// The same application-class error on cards of one job on at least two nodes that share no switch fault, within half a minute, is the job's own
/// doing: whole clusters were once taken out of service by one broken program.
/// </summary>
public static class SoftwareSuspicion
{
    // The Ascend cluster software's rule against false isolation: one code on several cards of one job within 30 s.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private const int FewestNodes = 2;

    /// <summary>The other incidents that make this one look like software; empty when it does not.</summary>
    /// <param name="incident">The one in question.</param>
    /// <param name="others">What else is open, or was closed lately.</param>
    /// <param name="isApplicationCode">Whether the vendor's code stands for an error of programs.</param>
    /// <param name="sharesSwitchFault">Whether two nodes hang on a switch that has a fault of its own.</param>
    public static IReadOnlyList<Incident> Companions(
        Incident incident, IEnumerable<Incident> others, Func<long, bool> isApplicationCode, Func<string, string, bool> sharesSwitchFault)
    {
        if (incident.Code == 0 || !isApplicationCode(incident.Code) || incident.Jobs.IsEmpty) return [];
        var alike = others.Where(other => other.Id != incident.Id && other.Code == incident.Code && other.Node != incident.Node
            && (other.Opened - incident.Opened).Duration() <= Window && other.Jobs.Intersect(incident.Jobs).Any() && !sharesSwitchFault(incident.Node, other.Node)).ToList();
        return alike.Select(other => other.Node).Append(incident.Node).Distinct().Count() >= FewestNodes ? alike : [];
    }
}

namespace Forewarn.Daemon.Doctor.Site;

/// <summary>One check of a controller: it judges what was gathered. Nothing found is nothing to say: it does not apply here.</summary>
/// <param name="Theme">Under which heading it stands.</param>
/// <param name="Name">One or two words.</param>
/// <param name="Judge">From facts to findings.</param>
internal sealed record SiteCheck(string Theme, string Name, Func<SiteFacts, IEnumerable<Finding>> Judge);

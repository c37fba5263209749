namespace Forewarn.Daemon.Doctor;

/// <summary>One check: looks, then judges. It may block or throw; that costs itself alone.</summary>
/// <param name="Theme">Under which heading it stands.</param>
/// <param name="Name">One or two words.</param>
/// <param name="Look">Nothing found is nothing to say: the check does not apply here.</param>
internal sealed record DoctorCheck(string Theme, string Name, Func<Patient, IEnumerable<Finding>> Look);

/// <summary>The same about one vendor library; a source brings those of its own (<see cref="Sources.SourceEntry.Doctor"/>).</summary>
internal sealed record SourceCheck(string Name, Func<SourceEvidence, IEnumerable<Finding>> Look);

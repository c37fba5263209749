using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Doctor;

/// <summary>The answer of <c>forewarn doctor --json</c>; docs/cli.md describes it.</summary>
internal sealed record DoctorReport(
    string Version, bool Simulated, string? Simulation, string Root, int Ok, int Notes, int Warnings, int Problems, IReadOnlyList<CheckReport> Checks)
{
    public string Api { get; init; } = ApiJson.Version;

    public static DoctorReport Of(Patient patient, IReadOnlyList<CheckReport> checks)
    {
        return new(
            patient.Version, patient.IsSimulated, patient.Simulation, patient.Root,
            Count(Severity.Ok), Count(Severity.Note), Count(Severity.Warning), Count(Severity.Problem), checks);

        int Count(Severity severity) => checks.Count(check => check.Severity == severity);
    }
}

/// <summary>One finding with where it stands; what to do is absent where all is well.</summary>
internal sealed record CheckReport(string Theme, string Check, Severity Severity, string Text, string? Todo)
{
    public IReadOnlyList<string>? Details { get; init; }

    public static CheckReport Of(DoctorCheck check, Finding finding) =>
        new(check.Theme, check.Name, finding.Severity, finding.Text, finding.Todo) { Details = finding.Details };
}

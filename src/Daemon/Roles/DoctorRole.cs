using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Roles;

/// <summary><c>forewarn doctor</c>: gathers, runs the checks, shows what they found.</summary>
internal static class DoctorRole
{
    public static async Task<int> RunAsync(DoctorRequest request, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var configuration = new ConfigurationLoader(ProgramSettings.Catalog).Load(request.Paths, request.Overrides);
        if (configuration.Errors.FirstOrDefault(error => error.Origin.Source is "--set" or "--socket") is { } mistyped)
            throw new CommandFailedException($"{mistyped}") { Code = ExitCode.Usage };

        var admission = new Admission(ProgramSettings.Catalog, SourceRegistry.All, ProgramFile.Find(), ProgramVersion.Text, time);
        var patient = await admission.ReceiveAsync(configuration, cancellation);
        var checks = await new Consultation(time).RunAsync(DoctorChecks.For(patient), patient, cancellation);
        var report = DoctorReport.Of(patient, checks);
        if (request.Json) JsonText.Write(request.Terminal.Output, report, DoctorJson.Plain.DoctorReport);
        else request.Terminal.Write(new DoctorScreen(report).Render(request.Terminal.Width));
        return report.Problems > 0 ? ExitCode.Failed : report.Warnings > 0 ? ExitCode.Warnings : ExitCode.Ok;
    }
}

using Forewarn.Daemon.Api;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Site;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Schedulers.Slurm;
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

        var (patient, asked) = request.OfController ? await ControllerAsync(configuration, time, cancellation) : await AgentAsync(configuration, time, cancellation);
        var checks = await new Consultation(time).RunAsync(asked, patient, cancellation);
        var report = DoctorReport.Of(patient, checks);
        if (request.Json) JsonText.Write(request.Terminal.Output, report, DoctorJson.Plain.DoctorReport);
        else request.Terminal.Write(new DoctorScreen(report).Render(request.Terminal.Width));
        return report.Problems > 0 ? ExitCode.Failed : report.Warnings > 0 ? ExitCode.Warnings : ExitCode.Ok;
    }

    private static async Task<(Patient Patient, IEnumerable<DoctorCheck> Checks)> AgentAsync(ConfigurationResult configuration, TimeProvider time, CancellationToken cancellation)
    {
        var admission = new Admission(ProgramSettings.Catalog, SourceRegistry.All, ProgramFile.Find(), ProgramVersion.Text, time);
        var patient = await admission.ReceiveAsync(configuration, cancellation);
        return (patient, DoctorChecks.For(patient));
    }

    /// <summary>No agent and no card is asked: the controller has neither.</summary>
    private static async Task<(Patient Patient, IEnumerable<DoctorCheck> Checks)> ControllerAsync(ConfigurationResult configuration, TimeProvider time, CancellationToken cancellation)
    {
        var commands = new CommandRunner(time, most: SchedulerRegistry.MostAnswer);
        var admission = new SiteAdmission(
            commands, (acting, recovery) => (SchedulerRegistry.Reader(acting, recovery, time), new SlurmWiring(acting).AskAsync), ProgramVersion.Text, time);
        var facts = await admission.ReceiveAsync(configuration.Values, cancellation);
        var patient = new Patient
        {
            Configuration = configuration,
            Agent = new() { Socket = facts.Fleet.Socket },
            Root = "/",
            IsSimulated = false,
            Version = ProgramVersion.Text,
            OwnUid = SystemAccounts.OwnUid(),
            Sources = [],
            Now = time.GetUtcNow(),
            Monotonic = TimeSpan.FromSeconds((double)time.GetTimestamp() / time.TimestampFrequency),
        };
        return (patient, SiteChecks.For(facts));
    }
}

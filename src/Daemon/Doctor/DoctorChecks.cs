using Forewarn.Daemon.Doctor.Checks;

namespace Forewarn.Daemon.Doctor;

/// <summary>Every check, in the order in which it is shown. Adding one is adding a line.</summary>
internal static class DoctorChecks
{
    private static readonly DoctorCheck[] OfProgram =
    [
        ConfigurationCheck.Check,
        AgentCheck.Check,
        OperatorCheck.Check,
        ListenCheck.Check,
        StateDirectoryCheck.Check,
        EventStoreCheck.Check,
        DeliveryCheck.Check,
        ControllerCheck.Check,
        LimitsCheck.Check,
    ];

    private static readonly SourceCheck[] OfEverySource =
    [
        SourceStateCheck.Check,
        ExaminationCheck.Check,
        LibraryCheck.Check,
        SymbolCheck.Check,
        DriverCheck.Check,
        DeviceCountCheck.Check,
        DeviceNodeCheck.Check,
    ];

    private static readonly DoctorCheck[] OfMachine =
    [
        RootCheck.Check,
        KernelLogCheck.Check,
        ClockCheck.Check,
        BootIdCheck.Check,
        HiddenProcessesCheck.Check,
        SystemdCheck.Check,
    ];

    public static IEnumerable<DoctorCheck> For(Patient patient) =>
    [
        .. OfProgram,
        .. patient.Sources.SelectMany(source =>
            OfEverySource.Concat(source.Entry.Doctor?.Checks ?? []).Append(RivalCheck.Check)
                .Where(check => source.Options.Enabled || check == SourceStateCheck.Check)
                .Select(check => new DoctorCheck(source.Name, check.Name, _ => check.Look(source)))),
        .. OfMachine,
    ];
}

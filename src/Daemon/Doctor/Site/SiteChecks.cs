using Forewarn.Daemon.Doctor.Checks;
using Forewarn.Daemon.Doctor.Site.Checks;

namespace Forewarn.Daemon.Doctor.Site;

/// <summary>Every check of <c>forewarn doctor --controller</c>, in the order in which it is shown. Adding one is adding a line.</summary>
internal static class SiteChecks
{
    private static readonly SiteCheck[] All =
    [
        ControllerRunCheck.Check,
        SiteFileCheck.Check,
        SlurmUserCheck.Check,
        SlurmProgramCheck.Check,
        SlurmConfigurationCheck.Check,
        SlurmReadingCheck.Check,
        SlurmPrivacyCheck.Check,
        SlurmRightCheck.Nodes,
        SlurmRightCheck.Reservations,
        SlurmRightCheck.Jobs,
        SlurmSelectionCheck.Check,
        SlurmRequeueCheck.Check,
        SlurmTopologyCheck.Check,
        SlurmClockCheck.Check,
        RepairCheck.Check,
        CheckpointCheck.Check,
    ];

    public static IEnumerable<DoctorCheck> For(SiteFacts facts) =>
    [
        ConfigurationCheck.Check,
        .. All.Select(check => new DoctorCheck(check.Theme, check.Name, _ => check.Judge(facts))),
        ClockCheck.Check,
    ];
}

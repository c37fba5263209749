using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class SympatheticTests
{
    [Theory]
    [InlineData(48, 63, true)]
    [InlineData(48, 94, true)]
    [InlineData(48, 171, true)]
    [InlineData(48, 172, true)]
    [InlineData(94, 13, true)]
    [InlineData(94, 31, true)]
    [InlineData(79, 45, true)]
    [InlineData(79, 119, true)]
    [InlineData(149, 137, true)]
    [InlineData(48, 64, false)] // its own, and graver
    [InlineData(48, 95, false)]
    [InlineData(45, 45, false)]
    [InlineData(154, 45, false)]
    [InlineData(13, 48, false)]
    [InlineData(31, 13, false)]
    public void Some_errors_follow_others(int cause, int consequence, bool follows) => Assert.Equal(follows, Sympathetic.MayCause(cause, consequence));

    [Theory]
    [InlineData(HealthEventKind.DriverError, 163, 162)]
    [InlineData(HealthEventKind.SwitchError, 10004, 10005)]
    [InlineData(HealthEventKind.SwitchError, 28001, 28002)]
    [InlineData(HealthEventKind.SwitchError, 28003, 28004)]
    [InlineData(HealthEventKind.DriverError, 162, 0)]
    [InlineData(HealthEventKind.DriverError, 10004, 0)]
    public void Some_codes_end_what_others_told(HealthEventKind kind, int code, int end) => Assert.Equal(end, CancelPairs.EndOf(kind, code));

    [Fact]
    public void Every_end_and_every_advice_names_its_source()
    {
        Assert.All(CancelPairs.All, pair => Assert.True(pair is { What.Length: > 0, Source.Length: > 0 }));
        Assert.All(RecoveryActionCatalog.All, row => Assert.NotEmpty(row.Source));
    }

    [Theory]
    [InlineData(0, Severity.Info, WorkAction.None, RepairAction.None)]
    [InlineData(1, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(2, Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode)]
    [InlineData(3, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(4, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(5, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectFabric)]
    [InlineData(6, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(-1, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    public void The_drivers_advice_is_known_by_number(int code, Severity severity, WorkAction work, RepairAction repair)
        => Assert.Equal((severity, new RecommendedActions(work, repair)), (RecoveryActionCatalog.Of(code).Remedy.Severity, RecoveryActionCatalog.Of(code).Remedy.Actions));
}

using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ApplicationErrorRepeatsTests
{
    private readonly TestNode _node = new(3, new ApplicationError(), new ApplicationErrorRepeats(), new PoisonContained());

    [Fact]
    public void Two_programs_one_after_the_other_on_one_card_make_it_suspect()
    {
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask();
        var finding = Suspect(0)!;
        Assert.Equal((Severity.Watch, RepairAction.InspectHardware), (finding.Severity, finding.Actions.Repair));
        Assert.Contains("2 programs", finding.Summary, StringComparison.Ordinal);
        Assert.Null(Suspect(1));
    }

    [Fact]
    public void One_program_does_not_however_often_it_is_started_under_one_pid()
    {
        for (var i = 0; i < 5; i++) Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void Many_programs_in_one_burst_do_not()
    {
        for (var i = 0; i < 50; i++) Fault(0, 31, 100 + i).Leap(TimeSpan.FromSeconds(2));
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void When_a_sibling_has_it_too_it_is_the_program()
    {
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask();
        Assert.NotNull(Suspect(0));
        Fault(2, 31, 300).Ask().Pass(TimeSpan.FromHours(25));
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void What_a_sibling_had_before_it_was_lost_explains_nothing_weeks_later()
    {
        Fault(2, 31, 300).Ask().Become(_node.Card(2), DevicePresence.Lost, NoDataReason.DeviceLost).Leap(TimeSpan.FromDays(7));
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask();
        Assert.NotNull(Suspect(0));
    }

    [Fact]
    public void One_place_in_the_chip_hit_in_two_bursts_makes_it_suspect()
    {
        At("GPC 7, TPC 7, SM 0").Leap(TimeSpan.FromMinutes(1));
        At("GPC 7, TPC 7, SM 0").Leap(TimeSpan.FromMinutes(10));
        At("GPC 1, TPC 2, SM 0").Ask();
        Assert.Null(Suspect(0)); // one burst, and another place
        _node.Leap(TimeSpan.FromMinutes(10));
        At("GPC 7, TPC 7, SM 0").Ask();
        Assert.Contains("GPC 7, TPC 7, SM 0", Suspect(0)!.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(43)]
    [InlineData(45)]
    public void Killed_programs_and_reset_channels_never_count(int code)
    {
        for (var i = 0; i < 10; i++) Fault(0, code, 100 + i).Leap(TimeSpan.FromHours(1));
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void Where_memory_failed_that_is_why()
    {
        _node.Happen(0, HealthEventKind.DriverError, 94);
        Fault(0, 31, 100).Ask();
        Assert.DoesNotContain(_node.Findings(0), finding => finding.Rule == "application-error");
        _node.Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask();
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void It_goes_a_day_after_the_last_repeat_is_a_day_old()
    {
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask().Watch(TimeSpan.FromHours(24));
        Assert.NotNull(Suspect(0));
        _node.Leap(TimeSpan.FromHours(1)).Pass(TimeSpan.FromHours(25));
        Assert.Null(Suspect(0));
    }

    [Fact]
    public void The_programs_before_a_restart_of_the_agent_count()
    {
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1)).Restart();
        Fault(0, 31, 100).Ask();
        Assert.Null(Suspect(0));
        _node.Leap(TimeSpan.FromHours(1)).Restart();
        Fault(0, 31, 200).Ask();
        Assert.Contains("2 programs", Suspect(0)!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_places_before_a_restart_of_the_agent_count()
    {
        At("GPC 7, TPC 7, SM 0").Leap(TimeSpan.FromMinutes(10)).Restart();
        At("GPC 7, TPC 7, SM 0").Ask();
        Assert.Contains("GPC 7, TPC 7, SM 0", Suspect(0)!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void It_survives_a_restart()
    {
        Fault(0, 31, 100).Leap(TimeSpan.FromHours(1));
        Fault(0, 31, 200).Ask();
        var again = new TestNode(1, new ApplicationErrorRepeats());
        again.Judge.Recall(again.Card(0), [Suspect(0)!], again.Now);
        again.Pass(600);
        Assert.Single(again.Findings(0));
    }

    private Finding? Suspect(int card) => _node.Findings(card).SingleOrDefault(finding => finding.Rule == "application-error-repeats");

    private TestNode Fault(int card, int code, int pid) => _node.Happen(card, HealthEventKind.DriverError, code, "fault", new() { Pid = pid, Process = "python" });

    private TestNode At(string place) => _node.Happen(0, HealthEventKind.DriverError, 13, "warp exception", new() { Place = place });
}

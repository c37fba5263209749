using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Doctor.Checks;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class DeliveryCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero);

    private static readonly ExporterReport Well = new()
    {
        Name = "influx",
        Target = "http://influx:8086",
        PointsTaken = 100,
        PointsWritten = 100,
        PointsDropped = [],
        PointsHeld = 0,
        SpoolBatches = 0,
        SpoolBytes = 0,
        Retries = 0,
        LastSuccess = Now.AddSeconds(-5),
    };

    private static readonly ExporterReport Refused = Well with { Trouble = "401 Unauthorized", TroubleSince = Now.AddDays(-2), PointsHeld = 7000 };

    [Fact]
    public void A_server_that_takes_points_is_well() =>
        Assert.StartsWith("Ok: http://influx:8086 took points 5", Texts(DeliveryCheck.Judge([Well], true, Now)), StringComparison.Ordinal);

    [Fact]
    public void A_server_that_refuses_is_a_warning_and_a_problem_once_points_are_lost()
    {
        var refused = Texts(DeliveryCheck.Judge([Refused], true, Now));
        Assert.StartsWith("Warning: http://influx:8086 has taken nothing for 2 d", refused, StringComparison.Ordinal);
        Assert.Contains(": 401 Unauthorized; 7000 points wait >", refused, StringComparison.Ordinal);
        var lost = Texts(DeliveryCheck.Judge([Refused with { PointsDropped = [new("spool_full", 12), new("rejected", 3)] }], true, Now));
        Assert.StartsWith("Problem: ", lost, StringComparison.Ordinal);
        Assert.Contains("15 points lost since the agent's start (spool_full, rejected)", lost, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_were_lost_are_a_warning_though_the_server_is_back() =>
        Assert.Equal("Warning", Severities(DeliveryCheck.Judge([Well with { PointsDropped = [new("spool_full", 12)] }], true, Now)));

    [Fact]
    public void Nothing_is_said_where_nothing_is_to_be_sent_and_a_warning_where_nothing_is()
    {
        Assert.Equal("", Severities(DeliveryCheck.Judge([], false, Now)));
        Assert.Equal("Warning", Severities(DeliveryCheck.Judge([], true, Now)));
        Assert.Equal("Note", Severities(DeliveryCheck.Judge([Well with { LastSuccess = null }], true, Now)));
    }

    [Theory]
    [InlineData("ext4", 300, 0, "")]
    [InlineData("ext4", 100, 0, "Warning")]
    [InlineData("ext4", 100, 200, "")]
    [InlineData("nfs4", 300, 0, "Problem")]
    public void There_must_be_room_for_all_that_may_wait(string type, long free, long used, string expected) =>
        Assert.Equal(expected, Severities(DeliveryCheck.JudgeRoom(
            new("/var/lib/forewarn/influx-spool", new("/", type, false, "rw"), true, default, free << 20), 256L << 20, used << 20)));
}

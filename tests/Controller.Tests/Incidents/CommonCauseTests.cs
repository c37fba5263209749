using Forewarn.Controller.Incidents;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Incidents;

public class CommonCauseTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20000);

    [Fact]
    public void One_application_error_on_two_nodes_of_one_job_is_the_jobs_own_doing()
        => Assert.Single(Companions(Xid(1, "n1", 31), Xid(2, "n2", 31, seconds: 29)));

    [Fact]
    public void On_one_node_alone_it_is_not() => Assert.Empty(Companions(Xid(1, "n1", 31), Xid(2, "n1", 31)));

    [Fact]
    public void Half_a_minute_apart_it_is_not() => Assert.Empty(Companions(Xid(1, "n1", 31), Xid(2, "n2", 31, seconds: 31)));

    [Fact]
    public void Another_jobs_error_is_not() => Assert.Empty(Companions(Xid(1, "n1", 31), Xid(2, "n2", 31) with { Jobs = ["99"] }));

    [Fact]
    public void A_hardware_error_is_not() => Assert.Empty(Companions(Xid(1, "n1", 79), Xid(2, "n2", 79)));

    [Fact]
    public void Nodes_that_share_a_switch_fault_are_not()
        => Assert.Empty(SoftwareSuspicion.Companions(Xid(1, "n1", 31), [Xid(2, "n2", 31)], IsApplication, static (_, _) => true));

    [Fact]
    public void Three_nodes_of_a_leaf_with_one_finding_are_one_trouble()
    {
        var trouble = FleetTrouble.Of(Link(1, "n1"), [Link(2, "n2"), Link(3, "n3")], node => new(Leaf: "s1", Rack: node));
        Assert.Equal(("leaf s1", 3), (trouble!.Shared, trouble.Nodes));
    }

    [Fact]
    public void Two_are_not() => Assert.Null(FleetTrouble.Of(Link(1, "n1"), [Link(2, "n2"), Link(3, "n2")], _ => new(Leaf: "s1")));

    [Fact]
    public void Three_with_nothing_in_common_are_not() => Assert.Null(FleetTrouble.Of(Link(1, "n1"), [Link(2, "n2"), Link(3, "n3")], node => new(Driver: "", Rack: node)));

    [Fact]
    public void Three_within_more_than_ten_minutes_are_not()
        => Assert.Null(FleetTrouble.Of(Link(1, "n1"), [Link(2, "n2"), Link(3, "n3") with { Opened = Now.AddMinutes(11) }], _ => new(Leaf: "s1")));

    private static IReadOnlyList<Incident> Companions(Incident one, Incident other) => SoftwareSuspicion.Companions(one, [one, other], IsApplication, static (_, _) => false);

    private static bool IsApplication(long code) => code is 13 or 31 or 43 or 45;

    private static Incident Xid(long id, string node, long code, int seconds = 0) => Link(id, node) with { Code = code, Rule = $"xid-{code}", Opened = Now.AddSeconds(seconds), Jobs = ["41"] };

    private static Incident Link(long id, string node)
        => new() { Id = id, Node = node, Device = new($"GPU-{id}"), Opened = Now, Rule = "nvlink-down", Actions = RecommendedActions.None, State = HealthState.Degraded };
}

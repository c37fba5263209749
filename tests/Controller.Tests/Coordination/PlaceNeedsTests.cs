using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>A job is stopped only for nodes that its scheduler will let it have. n5 is the spare beneath its leaf, and taken wherever nothing speaks against it.</summary>
public class PlaceNeedsTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    public PlaceNeedsTests()
    {
        for (var node = 1; node <= 8; node++) _fleet.Cluster[node] = _fleet.Cluster[node] with { Features = "h100,ib", FreeCpus = 64, Memory = 1000, FreeMemory = 1000 };
        Needs(new() { Features = "h100&ib", Cpus = 64, Memory = 1000 });
    }

    [Fact]
    public void A_node_that_has_all_of_it_is_taken() => GoesTo("n5");

    [Fact]
    public void A_node_that_the_job_excludes_is_not() => GoesTo("n6", new() { Excluded = ["n5"] });

    [Fact]
    public void A_node_without_the_features_of_the_one_that_is_left_is_not()
    {
        _fleet.Cluster[5] = _fleet.Cluster[5] with { Features = "h100" };
        GoesTo("n6");
    }

    [Fact]
    public void Who_names_no_features_gets_any()
    {
        _fleet.Cluster[5] = _fleet.Cluster[5] with { Features = "" };
        GoesTo("n5", JobNeeds.None);
    }

    [Fact]
    public void A_node_with_fewer_free_processors_is_not()
    {
        _fleet.Cluster[5] = _fleet.Cluster[5] with { FreeCpus = 63 };
        GoesTo("n6");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)] // none named: it may be given all
    public void A_node_with_less_free_memory_is_not(int memory)
    {
        _fleet.Cluster[5] = _fleet.Cluster[5] with { FreeMemory = 999 };
        GoesTo("n6", new() { Memory = memory });
    }

    [Theory]
    [InlineData(-1, "n6")]
    [InlineData(3, "n6")]
    [InlineData(5, "n5")]
    public void A_node_that_others_reserved_before_the_job_would_be_done_is_not(int inHours, string node)
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Started = _fleet.Cluster.Now.AddHours(-1), Ends = _fleet.Cluster.Now.AddHours(3) };
        Reserve("n5", inHours);
        GoesTo(node);
    }

    [Fact]
    public void A_job_is_not_stopped_where_a_node_on_which_it_stays_is_reserved()
    {
        Reserve("n1", inHours: 1);
        _fleet.Announce(3).Pass(5);
        Assert.Contains("n1 is reserved by others", _fleet.Last.Decision!.Stakes.CannotMove, StringComparison.Ordinal);
        Assert.Empty(_fleet.State.Recoveries);
    }

    [Fact]
    public void A_job_that_runs_under_a_reservation_of_others_is_not_taken_out_of_it()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Reservation = "course" };
        _fleet.Announce(3).Pass(5);
        Assert.Contains("course", _fleet.Last.Decision!.Stakes.CannotMove, StringComparison.Ordinal);
        Assert.Empty(_fleet.State.Recoveries);
    }

    private void Reserve(string node, int inHours) => _fleet.Cluster.Reservations.Add(new("maintenance", [node], _fleet.Cluster.Now.AddHours(inHours)));

    private void Needs(JobNeeds needs) => _fleet.Cluster.Job = _fleet.Cluster.Job! with { Needs = needs };

    private void GoesTo(string node, JobNeeds? needs = null)
    {
        if (needs is not null) Needs(needs);
        _fleet.Announce(3).ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, node), (_fleet.Move.Outcome, _fleet.NewNode));
    }
}

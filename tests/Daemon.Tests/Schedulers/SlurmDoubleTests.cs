using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Tests.Recovery;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>The double of Slurm's programs says of the cluster in memory what that is like, and nothing that was not recorded.</summary>
public class SlurmDoubleTests
{
    private const string Hold = "forewarn_1_41_1";

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryCluster _cluster;
    private readonly SlurmDouble _double;
    private readonly SlurmScheduler _slurm;

    public SlurmDoubleTests()
    {
        _cluster = new(_time, 8);
        _double = new(_cluster);
        _slurm = new(_double, new(), _time);
        _cluster.Run("41", "n1", "n2", "n3", "n4");
    }

    [Fact]
    public async Task The_adapter_reads_of_each_state_of_a_move_what_the_cluster_is_in()
    {
        _cluster.Submit("42", 8);
        SchedulerAct[] acts =
        [
            new SchedulerAct.TakeOut("n3", "forewarn[1/1]: job 41 is moved away"), new SchedulerAct.HoldNodes(Hold, ["n1", "n2", "n5", "n4"], "ada", TimeSpan.FromMinutes(30)),
            new SchedulerAct.Signal("41", "USR1", SignalTarget.Steps), new SchedulerAct.StopAndHold("41", MayHaveEnded: false), new SchedulerAct.Steer("41", ["n1", "n2", "n5", "n4"], Hold), new SchedulerAct.LetGo("41"),
            new SchedulerAct.Note("41", "incident 1: moved off n3"), new SchedulerAct.Detach("41"), new SchedulerAct.DropHold(Hold), new SchedulerAct.PutBack("n3"),
        ];
        await ReadsItAsync();
        foreach (var act in acts)
        {
            Assert.Null(await _slurm.DoAsync(act, default));
            await ReadsItAsync();
            _time.Advance(TimeSpan.FromSeconds(5));
            await ReadsItAsync();
        }

        Assert.Equal("n1 n2 n4 n5", string.Join(' ', _cluster.Job("41")!.Nodes.Select(node => node.Name)));
    }

    [Fact]
    public async Task What_Slurm_refuses_is_told_in_its_words()
    {
        Assert.Null(await _slurm.DoAsync(new SchedulerAct.HoldNodes(Hold, ["n5"], "ada", TimeSpan.FromMinutes(30)), default));
        Assert.EndsWith("Requested reservation overlaps with another reservation", await _slurm.DoAsync(new SchedulerAct.HoldNodes(Hold, ["n5"], "ada", TimeSpan.FromMinutes(30)), default), StringComparison.Ordinal);
        Assert.EndsWith(": Invalid job id specified for job 99", await _slurm.DoAsync(new SchedulerAct.Detach("99"), default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_never_recorded_fails()
    {
        await Assert.ThrowsAsync<UnrecordedException>(() => _slurm.DoAsync(new SchedulerAct.Signal("41", "USR1", SignalTarget.Batch), default)); // recorded, and nothing here does it
        await Assert.ThrowsAsync<UnrecordedException>(() => _double.RunAsync("scontrol", ["shutdown"], TimeSpan.FromSeconds(1), default));
        _cluster.Set(_cluster.Job("41")! with { Phase = JobPhase.Suspended });
        await Assert.ThrowsAsync<UnrecordedException>(() => _slurm.ReadAsync(default));
    }

    private async Task ReadsItAsync()
    {
        var reading = await _slurm.ReadAsync(default);
        Assert.Equal(("", 0), (reading.Trouble, reading.Complaints.Length));
        var sight = reading.Sight!;
        Assert.Equal(_cluster.Jobs.Select(Told), sight.Jobs.Values.OrderBy(job => job.Id, StringComparer.Ordinal).Select(Told));
        Assert.Equal(_cluster.Nodes.Select(node => $"{node.Name} {node.Phase} {node.Reason}"), sight.Nodes.Values.OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => $"{node.Name} {node.Phase} {node.Reason}"));
        Assert.Equal(_cluster.AllHolds.Select(hold => $"{hold.Key} {string.Join(' ', hold.Value.Nodes.Order(StringComparer.Ordinal))}"), sight.Holds.Select(hold => $"{hold.Key} {string.Join(' ', hold.Value)}"));
    }

    private static string Told(ClusterJob job) => FormattableString.Invariant(
        $"{job.Address} {job.User} {job.UserId} {job.Partition} {job.Kind} {job.Phase} on {string.Join(' ', job.Nodes.Select(node => node.Name))} told {string.Join(' ', job.RequiredNodes)} beneath {job.Reservation}, {job.Restarts} restarts, {job.CanRequeue}, {job.AdminComment ?? ""}, {job.Contract}");
}

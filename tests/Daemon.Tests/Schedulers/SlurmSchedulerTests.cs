using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Schedulers;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

public class SlurmSchedulerTests
{
    [Fact]
    public async Task A_running_job_is_read_with_its_nodes_cards_and_contract()
    {
        var sight = await SightAsync("drained");
        var job = sight.Jobs["1"];
        Assert.Equal(("train", "ada", "gpu", JobKind.Batch, JobPhase.Running, 32, 0, true), (job.Name, job.User, job.Partition, job.Kind, job.Phase, job.Cards, job.Restarts, job.CanRequeue));
        Assert.Equal(["n1", "n2", "n3", "n4"], job.Nodes.Select(node => node.Name));
        Assert.All(job.Nodes, node => Assert.True(node is { HoldsAll: true, Cards: [0, 1, 2, 3, 4, 5, 6, 7] }));
        Assert.Null(job.Ends);
        Assert.Equal(("/home/ada/ck", "USR1", SignalTarget.Batch, TimeSpan.FromSeconds(5)), (job.Contract.Directory, job.Contract.Signal, job.Contract.Target, job.Contract.CheckpointCost));
        Assert.Equal(["n1", "n2", "n4", "n5"], sight.Holds["forewarn_1_1_1"].AsEnumerable());
    }

    [Fact]
    public async Task Nodes_are_read_with_phase_reason_and_cards()
    {
        var sight = await SightAsync("drained");
        Assert.Equal(8, sight.Nodes.Count);
        Assert.Equal((NodePhase.Draining, "forewarn[1/1]: test", 8, 0), (sight.Nodes["n3"].Phase, sight.Nodes["n3"].Reason, sight.Nodes["n3"].Cards, sight.Nodes["n3"].FreeCards));
        Assert.Equal((NodePhase.InService, 8), (sight.Nodes["n6"].Phase, sight.Nodes["n6"].FreeCards));
    }

    [Theory]
    [InlineData("drained", JobPhase.Running, 0, "", 0)]
    [InlineData("stopping", JobPhase.Completing, 1, "", 0)]
    [InlineData("held", JobPhase.Held, 1, "", 0)]
    [InlineData("steered", JobPhase.Held, 1, "forewarn_1_1_1", 4)]
    [InlineData("released", JobPhase.Pending, 1, "forewarn_1_1_1", 4)]
    [InlineData("moved", JobPhase.Running, 1, "forewarn_1_1_1", 4)]
    [InlineData("requeued", JobPhase.Pending, 2, "", 0)]
    public async Task Each_stage_of_a_real_move_is_told_apart(string stage, JobPhase phase, int restarts, string reservation, int required)
    {
        var job = (await SightAsync(stage)).Jobs["1"];
        Assert.Equal((phase, restarts, reservation, required), (job.Phase, job.Restarts, job.Reservation, job.RequiredNodes.Length));
    }

    [Fact]
    public async Task Kinds_of_job_are_told_apart_and_a_shared_nodes_cards_belong_to_their_job()
    {
        var jobs = (await SightAsync("kinds")).Jobs;
        Assert.Equal((JobKind.ArrayTask, JobKind.ArrayTask), (jobs["4"].Kind, jobs["8"].Kind));
        Assert.Equal((JobKind.Heterogeneous, "5"), (jobs["6"].Kind, jobs["6"].Leader));
        Assert.Equal(JobKind.Interactive, jobs["7"].Kind);
        Assert.Equal(JobPhase.Ended, jobs["2"].Phase);
        Assert.Equal(["n6 0,1", "n6 2,3"], new[] { jobs["8"], jobs["4"] }.Select(job => $"{job.Nodes[0].Name} {string.Join(',', job.Nodes[0].Cards)}"));
        Assert.True(jobs["8"].Nodes[0].MayHold(1));
        Assert.False(jobs["8"].Nodes[0].MayHold(2));
    }

    [Theory]
    [InlineData("squeue", "fails", "Unable to contact")]
    [InlineData("squeue", "", "not understood")]
    [InlineData("squeue", """{"errors":[{"error":"busy"}],"jobs":[]}""", "busy")]
    [InlineData("squeue", """{"errors":[],"jobs":[{"job_id":1}]}""", "there is no")]
    [InlineData("sinfo", """{"errors":[]}""", "not understood")]
    [InlineData("sinfo", """{"errors":[],"nodes":[7]}""", "not understood")]
    [InlineData("scontrol", "fails", "Unable to contact")]
    [InlineData("scontrol", "ReservationName=forewarn_1_1_1 broken\n", "Nodes=")]
    public async Task What_cannot_be_read_whole_is_not_read_at_all(string program, string output, string says)
    {
        var reading = await Scheduler(new RecordedSlurm("drained").Answering(program, output)).ReadAsync(default);
        Assert.Null(reading.Sight);
        Assert.Contains(says, reading.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_answer_is_no_answer()
    {
        var whole = new RecordedSlurm("drained").Answer("squeue");
        for (var length = 0; length < whole.Length - 2; length += 97)
            Assert.Null((await Scheduler(new RecordedSlurm("drained").Answering("squeue", whole[..length])).ReadAsync(default)).Sight);
    }

    [Fact]
    public async Task A_word_that_is_not_known_is_unknown_and_not_well()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Answering("squeue", slurm.Answer("squeue").Replace("\"RUNNING\"", "\"TELEPORTING\"", StringComparison.Ordinal));
        slurm.Answering("sinfo", slurm.Answer("sinfo").Replace("\"idle\"", "\"dreaming\"", StringComparison.Ordinal));
        var sight = (await Scheduler(slurm).ReadAsync(default)).Sight!;
        Assert.Equal((JobPhase.Unknown, NodePhase.Unknown), (sight.Jobs["1"].Phase, sight.Nodes["n6"].Phase));
    }

    [Fact]
    public async Task The_later_form_of_numbers_and_states_is_read_as_well()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Answering("squeue", slurm.Answer("squeue")
            .Replace("\"job_state\": \"RUNNING\"", "\"job_state\": [\"RUNNING\"]", StringComparison.Ordinal)
            .Replace("\"time_limit\": null", "\"time_limit\": {\"set\": true, \"infinite\": false, \"number\": 60}", StringComparison.Ordinal));
        slurm.Answering("sinfo", slurm.Answer("sinfo").Replace("\"state\": \"idle\"", "\"state\": [\"IDLE\", \"DRAIN\"]", StringComparison.Ordinal));
        var sight = (await Scheduler(slurm).ReadAsync(default)).Sight!;
        Assert.Equal((JobPhase.Running, NodePhase.Drained), (sight.Jobs["1"].Phase, sight.Nodes["n6"].Phase));
        Assert.NotNull(sight.Jobs["1"].Ends);
    }

    [Fact]
    public async Task A_name_that_pretends_to_be_fields_stays_a_name()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Answering("squeue", slurm.Answer("squeue").Replace("\"name\": \"train\"", "\"name\": \"evil NodeList=m7 JobState=PENDING\"", StringComparison.Ordinal));
        var job = (await Scheduler(slurm).ReadAsync(default)).Sight!.Jobs["1"];
        Assert.Equal((JobPhase.Running, 4), (job.Phase, job.Nodes.Length));
    }

    [Fact]
    public async Task Acts_become_the_commands_that_were_measured()
    {
        var slurm = new RecordedSlurm("drained");
        foreach (SchedulerAct act in new SchedulerAct[]
        {
            new SchedulerAct.TakeOut("n3", "forewarn[2/7]: x"), new SchedulerAct.HoldNodes("forewarn_7_1_1", ["n1", "n5"], "ada", TimeSpan.FromMinutes(30)),
            new SchedulerAct.Signal("1", "USR1", SignalTarget.Batch), new SchedulerAct.Signal("1", "USR1", SignalTarget.Steps), new SchedulerAct.StopAndHold("1"),
            new SchedulerAct.Steer("1", ["n1", "n5"], "forewarn_7_1_1"), new SchedulerAct.LetGo("1"), new SchedulerAct.Detach("1"), new SchedulerAct.DropHold("forewarn_7_1_1"),
            new SchedulerAct.Unsteer("1"),
        })
        {
            Assert.Null(await Scheduler(slurm).DoAsync(act, default));
        }

        Assert.Equal(
            [
                "scontrol update nodename=n3 state=drain reason=forewarn[2/7]: x",
                "scontrol create reservation ReservationName=forewarn_7_1_1 Nodes=n1,n5 Users=ada StartTime=now Duration=30 Flags=FLEX,IGNORE_JOBS",
                "scancel --batch --signal=USR1 1", "scancel --signal=USR1 1", "scontrol requeuehold 1",
                "scontrol update jobid=1 ReqNodeList=n1,n5 ReservationName=forewarn_7_1_1 StartTime=now", "scontrol release 1", "scontrol update jobid=1 ReservationName=",
                "scontrol delete ReservationName=forewarn_7_1_1", "scontrol update jobid=1 ReqNodeList= ReservationName=",
            ],
            slurm.Commands.Where(command => !command.Contains("--noheader", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_others_drained_in_the_last_moment_keeps_their_reason()
    {
        var slurm = new RecordedSlurm("drained") { Node = "n3|gpu|draining|hans: fan\n" };
        Assert.Contains("hans: fan", await Scheduler(slurm).DoAsync(new SchedulerAct.TakeOut("n3", "forewarn[2/7]: x"), default), StringComparison.Ordinal);
        Assert.Contains("hans: fan", await Scheduler(slurm).DoAsync(new SchedulerAct.PutBack("n3"), default), StringComparison.Ordinal);
        Assert.DoesNotContain(slurm.Commands, command => command.StartsWith("scontrol update", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("n1", "n1")]
    [InlineData("n[1-3]", "n1 n2 n3")]
    [InlineData("n[08-10,12],m7", "n08 n09 n10 n12 m7")]
    [InlineData("r[1-2]n[1-2]", "r1n1 r1n2 r2n1 r2n2")]
    [InlineData("", "")]
    public void Short_forms_of_many_names_are_expanded(string text, string names) => Assert.Equal(names, string.Join(' ', HostList.Expand(text)!.Value));

    [Theory]
    [InlineData("n[1-")]
    [InlineData("n[a-b]")]
    [InlineData("n[3-1]")]
    [InlineData("n]1[")]
    [InlineData("n[1-999999999]")]
    [InlineData("a[1-9999]b[1-9999]")]
    [InlineData("a[1]b]c[2]")]
    [InlineData("a[1][1][1][1][1][1][1][1][1]")]
    [InlineData("n[0000000000001-2]")]
    public void What_is_no_list_is_refused(string text) => Assert.Null(HostList.Expand(text));

    private static async Task<ClusterSight> SightAsync(string stage)
    {
        var reading = await Scheduler(new RecordedSlurm(stage)).ReadAsync(default);
        Assert.Equal("", reading.Trouble);
        Assert.Empty(reading.Complaints);
        return reading.Sight!;
    }

    private static SlurmScheduler Scheduler(RecordedSlurm slurm) => new(slurm, new ContractBounds(), new ManualTimeProvider());
}

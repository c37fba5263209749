using System.Text.Json.Nodes;
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
    public async Task What_the_site_declares_holds_for_the_jobs_that_it_names_and_no_other_job_has_a_signal()
    {
        var slurm = new RecordedSlurm("kinds");
        slurm.Change("squeue", answer => answer["jobs"]!.AsArray().Single(job => (string)job!["name"]! == "inter")!["account"] = "llm");
        var bounds = new ContractBounds
        {
            Site =
            [
                new() { Name = "Contract.1", Accounts = ["llm"], Words = "signal=USR2 to=full" },
                new() { Name = "Contract.2", Partitions = ["gpu"], Jobs = ["tr*", "inter"], Words = "signal=TERM dir=/ckpt/%u/%j" },
            ],
        };
        var jobs = (await new SlurmScheduler(slurm, bounds, new ManualTimeProvider()).ReadAsync(default)).Sight!.Jobs;
        Assert.Equal(("USR1", "/home/ada/ck", "Contract.2"), (jobs["1"].Contract.Signal, jobs["1"].Contract.Directory, jobs["1"].Contract.Site));
        Assert.Equal(JobKind.Interactive, jobs["7"].Kind); // covered by both, were it a batch job
        Assert.All(jobs.Values.Where(job => job.Id != "1"), job => Assert.Same(JobContract.Undeclared, job.Contract));
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
    [InlineData("(null)      \n", "[forewarn: moved]")]
    [InlineData("ask Ada first      \n", "ask Ada first [forewarn: moved]")]
    [InlineData("a [forewarn: drained] b      \n", "a [forewarn: moved] b")]
    public async Task What_others_wrote_to_a_job_is_read_in_the_last_moment_and_stays(string told, string written)
    {
        var slurm = new RecordedSlurm("drained") { OnNode = told };
        Assert.Null(await Scheduler(slurm).DoAsync(new SchedulerAct.Note("7_1", "moved"), default));
        Assert.Equal(["squeue --noheader --states=all --jobs=7_1 --Format=admin_comment:8192", $"scontrol update jobid=7_1 AdminComment={written}"], slurm.Commands);
    }

    [Fact]
    public async Task What_stands_there_already_is_not_written_again_and_what_cannot_be_read_whole_is_left()
    {
        var slurm = new RecordedSlurm("drained") { OnNode = "[forewarn: moved]   \n" };
        Assert.Null(await Scheduler(slurm).DoAsync(new SchedulerAct.Note("1", "moved"), default));
        slurm.OnNode = new string('y', 8192) + "\n";
        Assert.Contains("too long to be read whole", await Scheduler(slurm).DoAsync(new SchedulerAct.Note("1", "moved"), default), StringComparison.Ordinal);
        slurm.OnNode = "fails";
        Assert.Contains("Unable to contact", await Scheduler(slurm).DoAsync(new SchedulerAct.Note("1", "moved"), default), StringComparison.Ordinal);
        Assert.DoesNotContain(slurm.Commands, command => command.StartsWith("scontrol", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RUNNING\n", false, true)]
    [InlineData("COMPLETED\n", true, true)] // it ended when it was asked
    [InlineData("FAILED\n", true, true)]
    [InlineData("COMPLETED\n", false, false)]
    [InlineData("FAILED\n", false, false)]
    [InlineData("PENDING\n", false, false)] // others have requeued it
    [InlineData("", false, true)]
    [InlineData("CANCELLED\n", true, false)]
    [InlineData("TIMEOUT\n", true, false)]
    [InlineData("COMPLETING\n", true, false)]
    [InlineData("fails", true, false)]
    public async Task A_job_that_has_ended_since_the_look_is_not_requeued(string told, bool mayHaveEnded, bool isRequeued)
    {
        var slurm = new RecordedSlurm("drained") { OnNode = told };
        Assert.Equal(isRequeued, await Scheduler(slurm).DoAsync(new SchedulerAct.StopAndHold("7_1", mayHaveEnded), default) is null);
        Assert.Equal("squeue --noheader --states=all --jobs=7_1 --format=%T", slurm.Commands[0]);
        Assert.Equal(isRequeued, slurm.Commands[^1] == "scontrol requeuehold 7_1");
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
        Assert.Equal(JobPhase.Cancelled, jobs["2"].Phase);
        Assert.Equal(["n6 0,1", "n6 2,3"], new[] { jobs["8"], jobs["4"] }.Select(job => $"{job.Nodes[0].Name} {string.Join(',', job.Nodes[0].Cards)}"));
        Assert.True(jobs["8"].Nodes[0].MayHold(1));
        Assert.False(jobs["8"].Nodes[0].MayHold(2));
    }

    [Fact]
    public async Task The_task_that_has_the_number_of_its_array_is_commanded_alone()
    {
        var slurm = new RecordedSlurm("kinds");
        var jobs = (await Scheduler(slurm).ReadAsync(default)).Sight!.Jobs;
        Assert.Equal(["4_1", "4_2", "1", "3"], new[] { jobs["8"], jobs["4"], jobs["1"], jobs["3"] }.Select(job => job.Address));
        Assert.Null(await Scheduler(slurm).DoAsync(new SchedulerAct.StopAndHold(jobs["4"].Address, MayHaveEnded: false), default));
        Assert.Equal("scontrol requeuehold 4_2", slurm.Commands[^1]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("gres:gpu:2", true)]
    [InlineData("gres/gpu", true)]
    [InlineData("gres:shard:1", true)]
    [InlineData("license:matlab", false)]
    public async Task A_job_without_cards_holds_none_and_one_whose_cards_are_not_told_may_hold_any(string asked, bool mayHold)
    {
        var slurm = new RecordedSlurm("kinds");
        slurm.Change("squeue", jobs =>
        {
            var job = jobs["jobs"]!.AsArray().Single(one => (int)one!["job_id"]! == 8)!;
            (job["gres_detail"], job["tres_per_node"]) = (new JsonArray(), asked);
        });
        var node = (await Scheduler(slurm).ReadAsync(default)).Sight!.Jobs["8"].Nodes[0];
        Assert.Equal((mayHold, mayHold), (node.MayHold(0), node.MayHold(-1)));
    }

    [Theory]
    [InlineData("gres:gpu", JobPhase.Running)]
    [InlineData("gres:gpu:h100", JobPhase.Running)]
    [InlineData("gres/gpu:h100:2", JobPhase.Running)]
    [InlineData("gres:gpu:h100:2:7:9", JobPhase.Unknown)]
    public async Task What_one_user_asks_for_does_not_stop_the_reading_of_all(string asked, JobPhase phase)
    {
        var slurm = new RecordedSlurm("kinds");
        slurm.Change("squeue", jobs => jobs["jobs"]!.AsArray().Single(one => (int)one!["job_id"]! == 8)!["tres_per_node"] = asked);
        var sight = await SightAsync(slurm);
        Assert.Equal((phase, JobPhase.Running), (sight.Jobs["8"].Phase, sight.Jobs["4"].Phase));
    }

    [Fact]
    public async Task Nodes_that_sinfo_only_groups_are_asked_for_with_scontrol()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Answering("scontrol show nodes", slurm.Answer("sinfo")).Answering("sinfo", """{"errors":[],"sinfo":[{"nodes":{"total":8}}]}""");
        var scheduler = Scheduler(slurm);
        Assert.Equal(8, (await scheduler.ReadAsync(default)).Sight!.Nodes.Count);
        Assert.Equal(8, (await scheduler.ReadAsync(default)).Sight!.Nodes.Count);
        Assert.Single(slurm.Commands, "sinfo --json"); // it is known from then on
        Assert.Contains("scontrol show nodes --json", slurm.Commands);
        Assert.Contains("squeue --json --states=all", slurm.Commands); // what has ended as well, which later versions leave out
    }

    [Theory]
    [InlineData("squeue", "jobs", "gres_detail")]
    [InlineData("sinfo", "nodes", "partitions")]
    [InlineData("sinfo", "nodes", "state_flags")]
    public async Task A_gap_in_a_list_is_an_answer_that_is_not_understood(string program, string list, string field)
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Change(program, answer => answer[list]![0]![field] = new JsonArray((JsonNode?)null));
        var reading = await Scheduler(slurm).ReadAsync(default);
        Assert.Null(reading.Sight);
        Assert.Contains($"a Null in {field}", reading.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_node_that_was_drained_is_told_from_one_that_would_come_back_into_service()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Change("sinfo", answer =>
        {
            (answer["nodes"]![2]!["state"], answer["nodes"]![3]!["state"], answer["nodes"]![3]!["reason"]) = ("down", "down", "Not responding");
        });
        var nodes = (await SightAsync(slurm)).Nodes;
        Assert.Equal((NodePhase.Down, true, false), (nodes["n3"].Phase, nodes["n3"].IsDrained, nodes["n3"].WouldTakeWork));
        Assert.Equal((NodePhase.Down, false, true, ""), (nodes["n4"].Phase, nodes["n4"].IsDrained, nodes["n4"].WouldTakeWork, nodes["n4"].Reason));
    }

    [Fact]
    public async Task What_a_job_asks_for_and_nodes_have_beside_cards_is_read()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Change("squeue", answer =>
        {
            var job = answer["jobs"]![0]!;
            (job["features"], job["excluded_nodes"], job["memory_per_cpu"], job["cpus"]) = ("h100&ib", "n[6-7]", 1000, 10);
        });
        slurm.Change("sinfo", answer => (answer["nodes"]![4]!["active_features"], answer["nodes"]![4]!["real_memory"]) = ("ib,h100", 4000));
        var sight = await SightAsync(slurm);
        var needs = sight.Jobs["1"].Needs;
        Assert.Equal(("h100&ib", "n6,n7", 3, 3000L), (needs.Features, string.Join(',', needs.Excluded), needs.Cpus, needs.Memory));
        var (used, idle) = (sight.Nodes["n3"], sight.Nodes["n5"]);
        Assert.Equal(("", 1, 1L, 1L), (used.Features, used.FreeCpus, used.Memory, used.FreeMemory));
        Assert.Equal(("h100,ib", 2, 4000L), (idle.Features, idle.FreeCpus, idle.FreeMemory));
    }

    [Fact]
    public async Task Reservations_of_others_are_read_beside_our_own()
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Answering("scontrol", RecordedSlurm.Reservation
            + RecordedSlurm.Reservation.Replace("forewarn_1_1_1", "maintenance", StringComparison.Ordinal)
            + "ReservationName=licences StartTime=soon EndTime=later Duration=1 Nodes=(null) NodeCnt=0\n");
        var sight = await SightAsync(slurm);
        Assert.Equal("forewarn_1_1_1", Assert.Single(sight.Holds).Key);
        Assert.Equal(["maintenance", "licences"], sight.Reservations.Select(one => one.Name));
        Assert.Equal((new DateTime(2026, 11, 22, 8, 2, 39), "n1,n2,n4,n5"), (sight.Reservations[0].Starts!.Value.LocalDateTime, string.Join(',', sight.Reservations[0].Nodes)));
        Assert.Null(sight.Reservations[1].Starts);
    }

    [Theory]
    [InlineData("CANCELLED", JobPhase.Cancelled)]
    [InlineData("TIMEOUT", JobPhase.Cancelled)]
    [InlineData("FAILED", JobPhase.Ended)]
    [InlineData("COMPLETED", JobPhase.Ended)]
    public async Task A_job_that_was_ended_is_told_from_one_that_ended(string state, JobPhase phase)
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Change("squeue", answer => answer["jobs"]![0]!["job_state"] = state);
        Assert.Equal(phase, (await SightAsync(slurm)).Jobs["1"].Phase);
    }

    [Theory]
    [InlineData("tres_per_node", "gres:gpu:8")]
    [InlineData("tres_per_job", "gres:gpu:32")]
    [InlineData("tres_per_task", "gres:gpu:8")]
    public async Task Of_a_job_that_failed_it_is_known_how_many_cards_it_had_and_when_it_ended(string asked, string cards)
    {
        var slurm = new RecordedSlurm("drained");
        slurm.Change("squeue", answer =>
        {
            var job = answer["jobs"]![0]!;
            (job["job_state"], job["gres_detail"], job["tres_per_node"], job["tasks"], job["time_limit"]) = ("FAILED", new System.Text.Json.Nodes.JsonArray(), "", 4, 90);
            (job[asked], job["start_time"], job["end_time"]) = (cards, 1_800_000_000, 1_800_000_060);
        });
        var failed = (await SightAsync(slurm)).Jobs["1"];
        Assert.Equal((JobPhase.Ended, true, 32), (failed.Phase, failed.EndedInError, failed.Cards));
        Assert.Equal((4, true), (failed.Nodes.Length, failed.Nodes.All(node => node.HoldsAll)));
        Assert.Equal((failed.Started!.Value.AddMinutes(1), failed.Started.Value.AddMinutes(90)), (failed.Ended!.Value, failed.Ends!.Value));
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
            new SchedulerAct.Signal("1", "USR1", SignalTarget.Batch), new SchedulerAct.Signal("1", "USR1", SignalTarget.Steps), new SchedulerAct.StopAndHold("1", MayHaveEnded: false),
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
    [InlineData("forewarn[1/1]: row-remap-failed", true)]
    [InlineData("forewarn: fell-off", true)]
    [InlineData("forewarn says it is bad, hans", false)]
    public async Task Who_writes_of_us_is_not_us(string reason, bool isOurs)
    {
        var slurm = new RecordedSlurm("drained") { Node = $"n3|gpu|drained|{reason}\n" };
        Assert.Equal(isOurs, await Scheduler(slurm).DoAsync(new SchedulerAct.TakeOut("n3", "forewarn[2/7]: x"), default) is null);
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

    private static Task<ClusterSight> SightAsync(string stage) => SightAsync(new RecordedSlurm(stage));

    private static async Task<ClusterSight> SightAsync(RecordedSlurm slurm)
    {
        var reading = await Scheduler(slurm).ReadAsync(default);
        Assert.Equal("", reading.Trouble);
        Assert.Empty(reading.Complaints);
        return reading.Sight!;
    }

    private static SlurmScheduler Scheduler(RecordedSlurm slurm) => new(slurm, new ContractBounds(), new ManualTimeProvider());
}

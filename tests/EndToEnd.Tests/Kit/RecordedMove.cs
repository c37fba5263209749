using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// A job is moved off one of its nodes by hand, as the controller does it, and in each state everything is tried that the controller could ask for in it: killed at any moment, or
/// late by a moment, it does. Each moment lasts until something is done, so that a slow machine sees the same as a fast one; jobs take long to get off their nodes.
/// </summary>
internal sealed class RecordedMove(SlurmCluster slurm)
{
    private const string Ours = "forewarn[1/1]: job 1 is moved away";
    private const string Bad = "n3";
    private const string Spare = "n5";
    private const string NewNodes = "n1,n2,n5,n4";
    private const string Unknown = "99999";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // It catches the signal and runs on. While it waits none is sent to it: scancel would try again for a minute and a half.
    private const string Works = "trap : USR1; while :; do sleep 0.1; done";

    private readonly SlurmRecorder _recorder = new(slurm);

    public async Task<SlurmRecording> PlayAsync()
    {
        foreach (var what in (string[])["nodes", "jobs", "holds"]) await _recorder.DoAsync(what, "any");
        await _recorder.ReadAsync("empty");
        await AskNodeAsync("unknown", "n99");
        await AskNodeAsync("idle", Spare);
        await _recorder.DoAsync("drain", "unknown", ("node", "n99"), ("text", Ours));
        await _recorder.DoAsync("resume", "unknown", ("node", "n99"));

        var job = await SubmitAsync(4, Works);
        await UntilAsync(job, "RUNNING");
        await RunningAsync(job);
        await DrainAsync();
        await HoldAsync(job);
        await StopAsync(job);
        await PlaceAsync(job);
        await RequeueAsync(job);
        await EndAsync(job);
        await LoseAsync();
        return _recorder.Recording;
    }

    private async Task RunningAsync(string job)
    {
        await _recorder.ReadAsync("running");
        await AskNodeAsync("allocated", Bad);
        await OfJobAsync("running", job, "ask-job", "steer-no-hold", "unsteer", "let-go", "detach", "signal", "signal-batch", "signal-full");
        await NoteAsync("none", job, "(null)");
        await OfJobAsync("running", job, "note");
        await NoteAsync("some", job, "[forewarn: text]");
        await OfJobAsync("unknown", Unknown, "ask-job", "steer-no-hold", "unsteer", "let-go", "detach", "signal", "stop", "note");
        await NoteAsync("unknown", Unknown, "");
    }

    private async Task DrainAsync()
    {
        await _recorder.DoAsync("drain", "allocated", ("node", Bad), ("text", Ours));
        await AskNodeAsync("draining", Bad, Ours);
        await _recorder.DoAsync("drain", "draining", ("node", Bad), ("text", Ours));
        await _recorder.DoAsync("resume", "draining", ("node", Bad));
        await slurm.ControlAsync("update", $"nodename={Bad}", "state=drain", $"reason={Ours}");
        await _recorder.DoAsync("drain", "idle", ("node", "n8"), ("text", Ours));
        await AskNodeAsync("drained", "n8", Ours);
        await _recorder.ReadAsync("drained");
        await _recorder.DoAsync("drain", "drained", ("node", "n8"), ("text", Ours));
        await _recorder.DoAsync("resume", "drained", ("node", "n8"));
        await _recorder.DoAsync("resume", "idle", ("node", "n8"));
    }

    private async Task HoldAsync(string job)
    {
        await _recorder.DoAsync("drop", "none", ("hold", Hold(job)));
        await HoldAsync("free", Hold(job), NewNodes);
        await HoldAsync("taken", Hold(job), NewNodes);
        // Refused as it should be. Told so on its new nodes the job would stand beneath the hold again, and take no further word as long as it runs (22.05.8).
        await OfJobAsync("running", job, "steer");
        await HoldAsync("taken", "forewarn_1_1_2", "n1,n2,n6,n4", isKept: false);
        await Eventually.TrueAsync(async () => (await slurm.NodeAsync(Spare)).State == "reserved", Soon, "the hold is shown");
        await AskNodeAsync("idle-held", Spare);
        await _recorder.ReadAsync("held-nodes");
        await _recorder.DoAsync("drain", "idle-held", ("node", Spare), ("text", Ours));
        await slurm.ControlAsync("update", $"nodename={Spare}", "state=resume");
        await _recorder.DoAsync("drop", "free", ("hold", Hold(job)));
        await slurm.ControlAsync("create", "reservation", $"ReservationName={Hold(job)}", $"Nodes={NewNodes}", $"Users={Environment.UserName}", "StartTime=now", "Duration=30", "Flags=FLEX,IGNORE_JOBS");
    }

    private async Task StopAsync(string job)
    {
        await OfJobAsync("running", job, "stop");
        await UntilAsync(job, "COMPLETING");
        await _recorder.ReadAsync("completing");
        await AskNodeAsync("completing", "n1");
        await AskNodeAsync("draining-completing", Bad, Ours);
        await _recorder.DoAsync("drain", "draining-completing", ("node", Bad), ("text", Ours));
        await _recorder.DoAsync("drain", "completing", ("node", "n1"), ("text", Ours));
        await _recorder.DoAsync("resume", "draining-completing", ("node", "n1"));
        await OfJobAsync("completing", job, "ask-job", "stop", "detach", "steer", "unsteer", "steer-no-hold", "note");
        await UntilAsync(job, "PENDING");
        await _recorder.ReadAsync("held");
        await OfJobAsync("held", job, "ask-job", "stop", "steer-no-hold", "steer", "unsteer", "detach", "note");
    }

    private async Task PlaceAsync(string job)
    {
        await slurm.ControlAsync("update", $"jobid={job}", $"ReqNodeList={NewNodes}", $"ReservationName={Hold(job)}", "StartTime=now");
        await _recorder.ReadAsync("steered");
        await _recorder.DoAsync("drop", "used", ("hold", Hold(job)));
        // One of its nodes takes nothing for a while: else it would start when it likes.
        await slurm.ControlAsync("update", $"nodename={Spare}", "state=drain", "reason=ann: looks at it");
        await OfJobAsync("held", job, "let-go");
        await UntilAsync(job, "PENDING");
        await _recorder.ReadAsync("released");
        await OfJobAsync("pending", job, "ask-job", "stop", "let-go", "steer-no-hold", "steer", "note");
        await slurm.ControlAsync("update", $"nodename={Spare}", "state=resume");
        await UntilAsync(job, "RUNNING");
        await Eventually.TrueAsync(async () => (await slurm.NodeAsync(Spare)).State == "allocated", Soon, "its nodes are shown to be its");
        await _recorder.ReadAsync("moved");
        await slurm.ControlAsync("update", $"jobid={job}", "ReservationName=");
        await _recorder.ReadAsync("detached");
        await slurm.ControlAsync("delete", $"ReservationName={Hold(job)}");
    }

    // By others, and let go before it is off its nodes; it may start two minutes later.
    private async Task RequeueAsync(string job)
    {
        await slurm.ControlAsync("requeuehold", job);
        await UntilAsync(job, "COMPLETING");
        await OfJobAsync("completing", job, "let-go");
        await UntilAsync(job, "PENDING");
        await _recorder.ReadAsync("requeued");
        await OfJobAsync("pending", job, "unsteer", "detach");
        await slurm.ControlAsync("update", $"jobid={job}", "StartTime=now");
        await UntilAsync(job, "RUNNING");
    }

    private async Task EndAsync(string job)
    {
        await slurm.AskAsync("scancel", job);
        await UntilAsync(job, "CANCELLED");
        await _recorder.ReadAsync("cancelled");
        await OfJobAsync("cancelled", job, "ask-job", "steer-no-hold", "unsteer", "let-go", "detach", "signal", "note", "stop");
        await UntilAsync(job, "PENDING"); // it would be started anew
        await slurm.AskAsync("scancel", job);

        await EndByItselfAsync("true", "COMPLETED", "ended");
        await EndByItselfAsync("exit 1", "FAILED", "failed");

        var waits = await SubmitAsync(8, Works);
        await _recorder.ReadAsync("waiting"); // the bad node is out
        await slurm.AskAsync("scancel", waits);
    }

    private async Task EndByItselfAsync(string work, string state, string when)
    {
        var job = await SubmitAsync(2, work);
        await UntilAsync(job, state);
        await _recorder.ReadAsync(when);
        await OfJobAsync(when, job, "ask-job", "steer-no-hold", "unsteer", "let-go", "detach", "signal", "note", "stop");
        await UntilAsync(job, "PENDING"); // it would be started anew
        await slurm.AskAsync("scancel", job);
    }

    private async Task LoseAsync()
    {
        await slurm.ControlAsync("update", "nodename=n7", "state=down", "reason=Not responding");
        await AskNodeAsync("down", "n7", "Not responding");
        await _recorder.ReadAsync("down");
        await _recorder.DoAsync("drain", "down", ("node", "n7"), ("text", Ours));
        await AskNodeAsync("down-drained", "n7", Ours);
        await _recorder.ReadAsync("down-drained");
        await _recorder.DoAsync("resume", "down-drained", ("node", "n7"));
    }

    private static string Hold(string job) => $"forewarn_1_{job}_1";

    private Task<string> SubmitAsync(int nodes, string work) => slurm.SubmitAsync(new Dictionary<string, string>(),
        $"--nodes={nodes}", "--gres=gpu:8", "--requeue", "--job-name=train", "--output=/dev/null", "--comment=forewarn: dir=/ckpt signal=USR1 on-request=continue cost=20s", $"--wrap={work}");

    private async Task UntilAsync(string job, string state)
    {
        var seen = "";
        await Eventually.TrueAsync(async () => (seen = await slurm.JobStateAsync(job)) == state, Soon, $"job {job} is {state}", () => seen);
    }

    private Task AskNodeAsync(string when, string node, string reason = "none") => _recorder.DoAsync("ask-node", when, ("node", node), ("text", reason));

    private Task NoteAsync(string when, string job, string text) => _recorder.DoAsync("ask-note", when, [("job", job), .. text.Length == 0 ? Array.Empty<(string, string)>() : [("text", text)]]);

    private Task HoldAsync(string when, string name, string nodes, bool isKept = true)
        => _recorder.DoAsync("hold", isKept ? when : $"{when} by another", ("hold", name), ("nodes", nodes), ("user", Environment.UserName), ("minutes", "30"));

    private async Task OfJobAsync(string when, string job, params string[] deeds)
    {
        foreach (var deed in deeds)
        {
            var hasHold = !deed.EndsWith("-no-hold", StringComparison.Ordinal);
            await _recorder.DoAsync(hasHold ? deed : "steer", hasHold ? when : $"{when}, no hold",
                ("job", job), ("nodes", NewNodes), ("hold", hasHold ? Hold(job) : "forewarn_1_1_9"), ("signal", "USR1"), ("text", "[forewarn: text]"));
        }
    }
}

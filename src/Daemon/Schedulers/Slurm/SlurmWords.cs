using System.Globalization;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>What is to be done, as a command of Slurm's. Arguments are a list: no shell ever reads them.</summary>
internal static class SlurmWords
{
    public static (string Program, string[] Arguments) Of(SchedulerAct act) => act switch
    {
        SchedulerAct.TakeOut(var node, var reason) => Control("update", $"nodename={node}", "state=drain", $"reason={reason}"),
        SchedulerAct.PutBack(var node) => Control("update", $"nodename={node}", "state=resume"),
        // FLEX, or the hold ends the job with it; IGNORE_JOBS, for the job itself runs on some of these nodes.
        SchedulerAct.HoldNodes(var name, var nodes, var user, var time) => Control(
            "create", "reservation", $"ReservationName={name}", $"Nodes={HostList.Join(nodes)}", $"Users={user}", "StartTime=now",
            string.Create(CultureInfo.InvariantCulture, $"Duration={Math.Ceiling(time.TotalMinutes)}"), "Flags=FLEX,IGNORE_JOBS"),
        SchedulerAct.DropHold(var name) => Control("delete", $"ReservationName={name}"),
        SchedulerAct.Signal(var job, var signal, var target) => ("scancel", target switch
        {
            SignalTarget.Batch => ["--batch", $"--signal={signal}", job],
            SignalTarget.Full => ["--full", $"--signal={signal}", job],
            _ => [$"--signal={signal}", job],
        }),
        SchedulerAct.StopAndHold(var job, _) => Control("requeuehold", job),
        // StartTime: a requeued job may otherwise not start for two minutes.
        SchedulerAct.Steer(var job, var nodes, var hold) => Control("update", $"jobid={job}", $"ReqNodeList={HostList.Join(nodes)}", $"ReservationName={hold}", "StartTime=now"),
        SchedulerAct.Unsteer(var job) => Control("update", $"jobid={job}", "ReqNodeList=", "ReservationName="),
        SchedulerAct.LetGo(var job) => Control("release", job),
        SchedulerAct.Note(var job, var text) => Control("update", $"jobid={job}", $"AdminComment={text}"),
        // Of a node that is drained already. With ASAP or nextstate= Slurm takes the drain away when the node is back, and it would get work that nobody validated (22.05.8).
        SchedulerAct.Reboot(var node, var reason) => Control("reboot", $"reason={reason}", node),
        // Without FLEX, under which jobs may run over; and for as long as nobody takes it away.
        SchedulerAct.Fence(var name, var node, var user) => Control(
            "create", "reservation", $"ReservationName={name}", $"Nodes={node}", $"Users={user}", "StartTime=now", "Duration=UNLIMITED", "Flags=IGNORE_JOBS"),
        SchedulerAct.Validate validate => ("sbatch", Validation(validate)),
        SchedulerAct.EndOwn(var job) => ("scancel", [job]),
        SchedulerAct.Detach(var job) => Control("update", $"jobid={job}", "ReservationName="),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no word for it"),
    };

    // What the script says of itself in its #SBATCH lines holds as well, such as the cards that it wants. NIL: nothing of the controller's own environment goes with it.
    private static string[] Validation(SchedulerAct.Validate act)
    {
        List<string> words =
        [
            "--parsable", $"--job-name={act.Name}", $"--reservation={act.Hold}", $"--nodelist={act.Node}", "--nodes=1", "--no-requeue",
            string.Create(CultureInfo.InvariantCulture, $"--time={Math.Max(1, Math.Ceiling(act.Within.TotalMinutes))}"), "--chdir=/", "--input=/dev/null", "--output=/dev/null", "--export=NIL",
        ];
        if (act.Partition.Length > 0) words.Add($"--partition={act.Partition}");
        if (act.User != Environment.UserName) words.Add($"--uid={act.User}");
        return [.. words, act.Script, act.Node, act.Device, act.Action.ToString()];
    }

    private static (string Program, string[] Arguments) Control(params string[] arguments) => ("scontrol", arguments);
}

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
        SchedulerAct.StopAndHold(var job) => Control("requeuehold", job),
        // StartTime: a requeued job may otherwise not start for two minutes.
        SchedulerAct.Steer(var job, var nodes, var hold) => Control("update", $"jobid={job}", $"ReqNodeList={HostList.Join(nodes)}", $"ReservationName={hold}", "StartTime=now"),
        SchedulerAct.Unsteer(var job) => Control("update", $"jobid={job}", "ReqNodeList=", "ReservationName="),
        SchedulerAct.LetGo(var job) => Control("release", job),
        SchedulerAct.Note(var job, var text) => Control("update", $"jobid={job}", $"AdminComment={text}"),
        SchedulerAct.Detach(var job) => Control("update", $"jobid={job}", "ReservationName="),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no word for it"),
    };

    private static (string Program, string[] Arguments) Control(params string[] arguments) => ("scontrol", arguments);
}

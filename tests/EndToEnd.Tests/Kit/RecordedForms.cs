namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>The command lines that the controller gives to Slurm's programs in a move, by what is meant; who plays them gives the values.</summary>
internal static class RecordedForms
{
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["nodes"] = ["sinfo", "--json"],
        ["jobs"] = ["squeue", "--json", "--states=all"],
        ["holds"] = ["scontrol", "--oneliner", "show", "reservation"],
        ["ask-node"] = ["sinfo", "--noheader", "--Node", "--format=%N|%R|%T|%E", "--nodes={node}"],
        ["ask-job"] = ["squeue", "--noheader", "--states=all", "--jobs={job}", "--format=%T"],
        ["ask-note"] = ["squeue", "--noheader", "--states=all", "--jobs={job}", "--Format=admin_comment:8192"],
        ["drain"] = ["scontrol", "update", "nodename={node}", "state=drain", "reason={text}"],
        ["resume"] = ["scontrol", "update", "nodename={node}", "state=resume"],
        ["hold"] =
        [
            "scontrol", "create", "reservation", "ReservationName={hold}", "Nodes={nodes}", "Users={user}", "StartTime=now", "Duration={minutes}", "Flags=FLEX,IGNORE_JOBS",
        ],
        ["drop"] = ["scontrol", "delete", "ReservationName={hold}"],
        ["signal"] = ["scancel", "--signal={signal}", "{job}"],
        ["signal-batch"] = ["scancel", "--batch", "--signal={signal}", "{job}"],
        ["signal-full"] = ["scancel", "--full", "--signal={signal}", "{job}"],
        ["stop"] = ["scontrol", "requeuehold", "{job}"],
        ["steer"] = ["scontrol", "update", "jobid={job}", "ReqNodeList={nodes}", "ReservationName={hold}", "StartTime=now"],
        ["unsteer"] = ["scontrol", "update", "jobid={job}", "ReqNodeList=", "ReservationName="],
        ["let-go"] = ["scontrol", "release", "{job}"],
        ["detach"] = ["scontrol", "update", "jobid={job}", "ReservationName="],
        ["note"] = ["scontrol", "update", "jobid={job}", "AdminComment={text}"],
    };
}

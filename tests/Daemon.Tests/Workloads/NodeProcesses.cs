using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Workloads;

/// <summary>The files of /proc that tell whose a process is, below a folder that stands for the node's root.</summary>
internal sealed class NodeProcesses(TemporaryFolder root)
{
    public const string Pod = "5f3b5e4c-8d3f-4b7e-9f1a-0123456789ab";

    public string Root => root.Path;

    public void Slurm(int pid, string job, string step = "0", int user = 1000, long start = 100)
        => Start(pid, $"0::/system.slice/slurmstepd.scope/job_{job}/step_{step}/user/task_0\n", user, start);

    public void InPod(int pid) => Start(pid, $"0::/kubepods/pod{Pod}/{new string('a', 64)}\n", 0, 100);

    public void Start(int pid, string cgroup, int user, long start)
    {
        var folder = Directory.CreateDirectory(Path.Join(root.Path, "proc", $"{pid}")).FullName;
        File.WriteAllText(Path.Join(folder, "cgroup"), cgroup);
        File.WriteAllText(Path.Join(folder, "status"), $"Name:\tpython\nUmask:\t0022\nUid:\t{user}\t{user}\t{user}\t{user}\n");
        File.WriteAllText(Path.Join(folder, "stat"), $"{pid} (py (x) y) S 1 1 1 0 -1 0 0 0 0 0 5 6 0 0 20 0 1 0 {start} 1 1\n");
    }

    public void End(int pid) => Directory.Delete(Path.Join(root.Path, "proc", $"{pid}"), recursive: true);

    public void PodLogs(string space, string name, string uid) => Directory.CreateDirectory(Path.Join(root.Path, "var/log/pods", $"{space}_{name}_{uid}"));
}

using System.Text;
using Forewarn.Daemon.Workloads;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Workloads;

/// <summary>Lines as they stand in /proc/PID/cgroup on nodes of each manager.</summary>
public sealed class CgroupFileTests
{
    private const string Pod = "5f3b5e4c-8d3f-4b7e-9f1a-0123456789ab";
    private const string Escaped = "5f3b5e4c_8d3f_4b7e_9f1a_0123456789ab";
    private const string Static = "8d2fd6d9cb0e4c1f5b1c3f6a7e8d9c0b";
    private const string Container = "3e0a5c7f9b1d2e4f6a8c0b2d4e6f8a0c1b3d5e7f9a1c2b4d6e8f0a2c4b6d8e0f";

    [Theory]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_0/user/task_0", "4711", "0")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_batch/user/task_special", "4711", "batch")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_extern/user/task_special", "4711", "extern")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_interactive/slurm", "4711", "interactive")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_0+1/user/task_3", "4711", "0+1")]
    [InlineData("0::/system.slice/gpu01_slurmstepd.scope/job_4711/step_2/user/task_0", "4711", "2")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_0/user/task_0 (deleted)", "4711", "0")]
    [InlineData("11:devices:/slurm/uid_1000/job_4711/step_0/task_0", "4711", "0")]
    [InlineData("4:memory:/slurm_gpu01/uid_1000/job_4711/step_extern/task_0", "4711", "extern")]
    [InlineData("4:memory:/batch_system/uid_1000/job_4711/step_1", "4711", "1")]
    [InlineData("5:cpuset:/slurm/uid_1000/job_4711", "4711", "")]
    public void Slurm_names_job_and_step(string line, string job, string step)
        => Assert.Equal(new CgroupOwner(WorkloadOrigin.Slurm, job, step, ""), Parsed(line));

    [Fact]
    public void Of_the_lines_of_version_1_the_one_that_says_most_is_taken()
        => Assert.Equal(
            new CgroupOwner(WorkloadOrigin.Slurm, "4711", "batch", ""),
            Parsed("""
                12:pids:/system.slice/slurmd.service
                8:cpuset:/slurm/uid_1000/job_4711
                6:memory:/slurm/uid_1000/job_4711/step_batch/task_0
                1:name=systemd:/system.slice/slurmd.service
                0::/system.slice/slurmd.service
                """));

    [Theory]
    [InlineData($"0::/kubepods.slice/kubepods-pod{Escaped}.slice/cri-containerd-{Container}.scope")]
    [InlineData($"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Escaped}.slice/cri-containerd-{Container}.scope")]
    [InlineData($"0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{Escaped}.slice/crio-{Container}.scope")]
    [InlineData($"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Escaped}.slice/crio-{Container}.scope/container")]
    [InlineData($"1:name=systemd:/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Escaped}.slice/docker-{Container}.scope")]
    [InlineData($"4:memory:/kubepods/pod{Pod}/{Container}")]
    [InlineData($"4:memory:/kubepods/burstable/pod{Pod}/{Container}")]
    [InlineData($"0::/kubepods/besteffort/pod{Pod}/{Container}")]
    [InlineData($"0::/../../kubepods-besteffort-pod{Escaped}.slice/cri-containerd-{Container}.scope")]
    [InlineData($"1:name=systemd:/kubepods-burstable-pod{Escaped}.slice:cri-containerd:{Container}")]
    [InlineData($"0::/system.slice/containerd.service/kubepods-burstable-pod{Escaped}.slice:cri-containerd:{Container}")]
    [InlineData($"0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod{Escaped}.slice/cri-containerd-{Container}.scope")]
    [InlineData($"0::/docker/{Container}/kubelet/kubepods/burstable/pod{Pod}/{Container}")]
    public void Kubernetes_names_pod_and_container(string line)
        => Assert.Equal(new CgroupOwner(WorkloadOrigin.Kubernetes, Pod, "", Container), Parsed(line));

    [Fact]
    public void A_static_pod_has_the_hash_of_its_manifest()
        => Assert.Equal(
            new CgroupOwner(WorkloadOrigin.Kubernetes, Static, "", Container),
            Parsed($"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Static}.slice/cri-containerd-{Container}.scope"));

    [Fact]
    public void A_job_inside_a_pod_is_the_job()
        => Assert.Equal(
            new CgroupOwner(WorkloadOrigin.Slurm, "12", "0", ""),
            Parsed($"0::/kubepods.slice/kubepods-pod{Escaped}.slice/cri-containerd-{Container}.scope/system.slice/slurmstepd.scope/job_12/step_0/user/task_0"));

    [Theory]
    [InlineData($"0::/system.slice/docker-{Container}.scope")]
    [InlineData($"9:devices:/docker/{Container}")]
    [InlineData($"0::/machine.slice/libpod-{Container}.scope")]
    [InlineData($"0::/machine.slice/libpod-{Container}.scope/container")]
    [InlineData($"0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Container}.scope/container")]
    [InlineData($"0::/machine.slice/machine-libpod_pod_{Container}.slice/libpod-{Container}.scope")]
    [InlineData($"0::/system.slice/nerdctl-{Container}.scope")]
    [InlineData($"0::/default/{Container}")]
    public void A_container_of_no_scheduler_has_its_id(string line)
        => Assert.Equal(new CgroupOwner(WorkloadOrigin.Container, Container, "", ""), Parsed(line));

    [Theory]
    [InlineData("0::/system.slice/nvidia-persistenced.service", "nvidia-persistenced.service")]
    [InlineData("0::/user.slice/user-1000.slice/session-3.scope", "session-3.scope")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-jupyter.service", "app-jupyter.service")]
    [InlineData($"0::/machine.slice/libpod-conmon-{Container}.scope", $"libpod-conmon-{Container}.scope")]
    [InlineData("0::/system.slice/slurmd.service", "slurmd.service")]
    [InlineData("0::/user.slice/user-1000.slice/session-9.scope/job_1", "session-9.scope")]
    [InlineData("0::/system.slice/podinfo-pod.service", "podinfo-pod.service")]
    [InlineData("0::/init.scope", "init.scope")]
    [InlineData("0::/", "")]
    public void Everything_else_is_nobodys_and_has_its_unit(string line, string unit)
        => Assert.Equal(new CgroupOwner(WorkloadOrigin.None, unit, "", ""), Parsed(line));

    [Theory]
    [InlineData("")]
    [InlineData("no such thing")]
    [InlineData("0:")]
    [InlineData("0::relative")]
    public void What_is_no_such_file_is_not_understood(string text)
        => Assert.False(CgroupFile.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("0::/system.slice/slurmstepd.scope/job_4711/step_\"}0/user")]
    [InlineData("0::/system.slice/slurmstepd.scope/job_47x1/step_0")]
    public void A_name_that_no_manager_gives_is_no_job_or_no_step(string line)
        => Assert.NotEqual("0", Parsed(line).Step);

    private static CgroupOwner Parsed(string text)
    {
        Assert.True(CgroupFile.TryParse(Encoding.UTF8.GetBytes(text + "\n"), out var owner));
        return owner;
    }
}

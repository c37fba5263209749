using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>
/// Whose control group a path is, by the names that each manager gives:
/// <list type="bullet">
/// <item>Slurm: <c>/slurm/uid_1000/job_7/step_0/…</c> (version 1), <c>/system.slice/slurmstepd.scope/job_7/step_batch/…</c> (version 2); with
/// several slurmd on a node their name stands before or behind "slurm".</item>
/// <item>kubelet: <c>/kubepods/burstable/podUID/ID</c> (cgroupfs driver), <c>/kubepods.slice/…-podUID.slice/cri-containerd-ID.scope</c> (systemd).</item>
/// <item>Docker, Podman, containerd: a segment that ends in the container's id of 64 hexadecimal digits.</item>
/// <item>systemd: the innermost unit that ends in .service or .scope.</item>
/// </list>
/// </summary>
internal static class CgroupPath
{
    private const int ContainerIdLength = 64;
    private const int UidLength = 36;
    private const int HashLength = 32; // a static pod has the hash of its manifest instead of a uid

    public static CgroupOwner OwnerOf(ReadOnlySpan<char> path)
    {
        var (job, step, pod, container, unit) = ("", "", "", "", "");
        var isSlurm = false;
        // Also at colons: containerd with the wrong driver writes "kubepods-podUID.slice:cri-containerd:ID" as one name.
        foreach (var range in path.SplitAny('/', ':'))
        {
            var name = path[range];
            isSlurm |= IsSlurm(name);
            if (isSlurm && TryJob(name, out var id)) (job, step) = (id, "");
            else if (job.Length > 0 && step.Length == 0 && name.StartsWith("step_")) step = Step(name["step_".Length..]);
            else if (TryPod(name, out id)) (pod, container) = (id, "");
            else if (TryContainer(name, out id)) container = id;
            if (name.EndsWith(".service") || name.EndsWith(".scope")) unit = name.ToString();
        }

        if (job.Length > 0) return new CgroupOwner(WorkloadOrigin.Slurm, job, step, "");
        if (pod.Length > 0) return new CgroupOwner(WorkloadOrigin.Kubernetes, pod, "", container);
        return container.Length > 0
            ? new CgroupOwner(WorkloadOrigin.Container, container, "", "")
            : new CgroupOwner(WorkloadOrigin.None, unit, "", "");
    }

    // The uid's segment stands before the job's in version 1, also where CgroupPrepend gives another name than "slurm".
    private static bool IsSlurm(ReadOnlySpan<char> name)
        => name is "slurm" || name.StartsWith("slurm_") || name.EndsWith("slurmstepd.scope") || (name.StartsWith("uid_") && IsNumber(name[4..]));

    private static bool TryJob(ReadOnlySpan<char> name, out string id)
    {
        var isJob = name.StartsWith("job_") && IsNumber(name[4..]);
        id = isJob ? name[4..].ToString() : "";
        return isJob;
    }

    /// <summary>A number, <c>0+1</c> in a heterogeneous job, or one of batch, extern, interactive; nothing that could not stand in a label.</summary>
    private static string Step(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '.' or '_' or '-')) return "";
        }

        return name.Length <= ContainerIdLength ? name.ToString() : "";
    }

    private static bool TryPod(ReadOnlySpan<char> name, out string uid)
    {
        uid = "";
        if (name.EndsWith(".slice")) name = name[..^".slice".Length];
        var at = name.LastIndexOf("pod"); // no digit of a uid
        if (at < 0 || (at > 0 && name[at - 1] != '-')) return false;
        var rest = name[(at + 3)..];
        if (rest.Length == UidLength && IsUid(rest)) uid = rest.ToString().Replace('_', '-'); // systemd would take a dash for a level
        else if (rest.Length == HashLength && IsHexadecimal(rest)) uid = rest.ToString();
        return uid.Length > 0;
    }

    private static bool TryContainer(ReadOnlySpan<char> name, out string id)
    {
        id = "";
        if (name.EndsWith(".scope")) name = name[..^".scope".Length];
        if (name.Length < ContainerIdLength) return false;
        var prefix = name[..^ContainerIdLength];
        var digits = name[^ContainerIdLength..];
        if (!prefix.IsEmpty && prefix[^1] != '-') return false; // a podman pod: machine-libpod_pod_ID
        if (prefix.EndsWith("conmon-") || !IsHexadecimal(digits)) return false; // the monitor beside the container
        id = digits.ToString();
        return true;
    }

    private static bool IsUid(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isDash = i is 8 or 13 or 18 or 23;
            if (isDash ? text[i] is not ('-' or '_') : !char.IsAsciiHexDigit(text[i])) return false;
        }

        return true;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}

using Forewarn.Daemon.Api;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>The state directory as far as it can be known without touching a network's file system.</summary>
internal sealed record StateFacts(string Path, MountPoint? Mount, bool Exists, FileOwner Owner, long? FreeBytes)
{
    public static StateFacts Look(string path)
    {
        var mounts = MountPoint.All();
        var mount = MountPoint.Holding(MountPoint.Resolve(path, mounts), mounts);
        if (mount is { IsNetwork: true }) return new(path, mount, false, default, null);
        var look = FileOwner.TryRead(path, out var owner);
        return new(path, mount, look == Errno.None, owner, mount is null ? null : new DriveInfo(mount.Path).AvailableFreeSpace);
    }
}

/// <summary>Whether state outlives a restart: there, local, writable for the agent, with room.</summary>
internal static class StateDirectoryCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "state", patient =>
        Judge(StateFacts.Look(patient.Settings.StateDir), patient.Agent.Process?.Uid));

    /// <summary>The inventory and the memory of a restart take kilobytes; below this a node has other troubles soon.</summary>
    private const long LeastFree = 64L << 20;

    public static IEnumerable<Finding> Judge(StateFacts state, uint? agent)
    {
        if (state.Mount is { IsNetwork: true } mount)
        {
            yield return Finding.Problem(
                $"{state.Path} lies on {mount.Type} ({mount.Path}): the agent would hang with its server", "[Agent] StateDir= on a local disk");
            yield break;
        }

        if (state.Mount is { IsReadOnly: true })
        {
            yield return Finding.Problem($"{state.Path} is mounted read-only", $"mount -o remount,rw {state.Mount.Path}; dmesg says why it became so");
        }
        else if (!state.Exists)
        {
            yield return agent is null
                ? Finding.Note($"{state.Path} is not there yet", "nothing: the agent's start makes it")
                : Finding.Warning($"{state.Path} is not there, and the agent runs", "it has another StateDir, or: systemctl restart forewarn");
        }
        else if (agent is { } uid && uid != 0 && state.Owner.User != uid)
        {
            yield return Finding.Warning(
                $"{state.Path} belongs to {SystemAccounts.UserName(state.Owner.User)}, the agent is {SystemAccounts.UserName(uid)}",
                Advice(state.Path, SystemAccounts.UserName(uid)));
        }
        else if (state.FreeBytes < LeastFree)
        {
            yield return Finding.Warning($"{state.FreeBytes >> 20} MiB free in {state.Path}", "make room");
        }
        else
        {
            yield return Finding.Ok($"{state.Path} on {state.Mount?.Type ?? "an unknown file system"}"
                + (state.FreeBytes is { } free ? $", {free >> 30} GiB free" : ""));
        }
    }

    /// <summary>Only a directory that bears our name is given away with all that is in it: /srv or /var/lib holds what is others'.</summary>
    private static string Advice(string path, string user) => Path.GetFileName(path.TrimEnd('/')) == "forewarn"
        ? $"chown -R {user} -- {Quoted(path)}"
        : $"a directory of its own: install -d -o {user} -m 0750 -- {Quoted(Path.Join(path, "forewarn"))}, and [Agent] StateDir= that";

    /// <summary>One word to a shell, whatever is in it.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

using Forewarn.Daemon.Api;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>A device node as it lies in /dev: its owner, and what opening it said to whoever runs doctor.</summary>
internal sealed record DeviceNodeFacts(string Path, Errno Look, FileOwner Owner, Errno? Opened);

/// <summary>Whether the agent's user may open the device nodes; the sandbox is told apart from the file's mode.</summary>
internal static class DeviceNodeCheck
{
    public static readonly SourceCheck Check = new("device nodes", source => !source.IsDriverListed || source.IsSimulated
        ? []
        : source.Entry.ControlNodes.SelectMany(node => Judge(Look(source, node), Account(source))));

    /// <summary>S_IRGRP and S_IWGRP, sys/stat.h.</summary>
    private const int GroupReadWrite = 0x30;

    public static IEnumerable<Finding> Judge(DeviceNodeFacts node, (string Name, uint Uid, IReadOnlyList<uint> Groups)? agent)
    {
        if (node.Look != Errno.None)
        {
            yield return Finding.Problem(
                $"{node.Path} is not there ({node.Look}), though the driver is loaded",
                "start the maker's own service, which makes its nodes, or reload the driver");
            yield break;
        }

        var trouble = node.Opened switch
        {
            Errno.NotPermitted => Finding.Problem(
                $"{node.Path} is refused by a device cgroup (EPERM)", "run doctor outside the container, or let it in: DeviceAllow=, --device"),
            Errno.NoDeviceOrAddress or Errno.NoDevice => Finding.Problem($"{node.Path}: no driver answers", "dmesg | tail"),
            Errno.AccessDenied => Finding.Note($"{node.Path} is closed to you (EACCES); the agent's user is judged by its mode", "sudo forewarn doctor"),
            _ => null,
        };
        if (trouble is not null) yield return trouble;
        if (agent is not { } account)
        {
            yield return Finding.Note($"{node.Path}: which user the agent has cannot be seen", "sudo forewarn doctor");
        }
        else if (!node.Owner.AllowsReadWrite(account.Uid, account.Groups))
        {
            yield return Finding.Problem(
                $"{node.Path} is closed to the agent's user {account.Name} by its mode {Convert.ToString(node.Owner.Mode & 0xFFF, 8)}",
                Advice(node, account.Name));
        }
        else if (trouble is null)
        {
            yield return Finding.Ok($"{node.Path} is open to user {account.Name}");
        }
    }

    private static DeviceNodeFacts Look(SourceEvidence source, string node)
    {
        var path = Path.Join(source.Root, node);
        var look = FileOwner.TryRead(path, out var owner);
        var opened = source.Facts.All(FactKeys.Node).Select(fact => fact.Split(' ')).FirstOrDefault(words => words[0] == node);
        return new(path, look, owner, opened is [_, var error] && Enum.TryParse<Errno>(error, out var errno) ? errno : null);
    }

    /// <summary>The running agent, else the user that the package made.</summary>
    private static (string Name, uint Uid, IReadOnlyList<uint> Groups)? Account(SourceEvidence source)
    {
        if (source.AgentProcess is { } agent) return (SystemAccounts.UserName(agent.Uid), agent.Uid, agent.Groups);
        return SystemAccounts.UserId(OperatorRule.Group) is { } uid
            ? (OperatorRule.Group, uid, SystemAccounts.GroupsOf(OperatorRule.Group)) : null;
    }

    /// <summary>
    /// A group that has the node is joined. Root's own is not: it has much beside; and one without read and write helps nobody.
    /// </summary>
    private static string Advice(DeviceNodeFacts node, string user) =>
        node.Owner.Group != 0 && (node.Owner.Mode & GroupReadWrite) == GroupReadWrite
            ? $"usermod -aG {GroupName(node.Owner.Group)} {user} && systemctl restart forewarn"
        : Path.GetFileName(node.Path).StartsWith("nvidia", StringComparison.Ordinal) ?
            "give the nodes to a group that is made for them, in /etc/modprobe.d: options nvidia NVreg_DeviceFileGID=GID NVreg_DeviceFileMode=0660 "
                + $"(the driver's default is 0666); drain the node, reload the driver, usermod -aG that group {user}"
        : $"a udev rule that gives the node to a group of its own (GROUP=, MODE=0660), then usermod -aG that group {user}";

    private static string GroupName(uint id) => SystemAccounts.GroupName(id) ?? $"{id}";
}

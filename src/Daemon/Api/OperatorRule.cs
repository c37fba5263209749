namespace Forewarn.Daemon.Api;

/// <summary>Who may change the agent's state: root, the agent's own user, members of the group <c>forewarn</c>.</summary>
internal sealed class OperatorRule(uint ownUid, Func<uint?> operatorGroup)
{
    /// <summary>The group that the package makes.</summary>
    public const string Group = "forewarn";

    /// <summary>The rule on this machine. The group is looked up at each question: it may be made while the agent runs.</summary>
    public static OperatorRule OfThisMachine() => new(SystemAccounts.OwnUid(), () => SystemAccounts.GroupId(Group));

    /// <summary>True when this peer may.</summary>
    public bool Allows(PeerCredentials peer) =>
        peer.Uid == 0 || peer.Uid == ownUid || (operatorGroup() is { } group && peer.Groups.Contains(group));
}

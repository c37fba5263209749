using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether who asks may also change the agent's state, and see everything here.</summary>
internal static class OperatorCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "you", patient => Judge(
        patient.OwnUid, ProcessFacts.Of(Environment.ProcessId)?.Groups ?? [], patient.Agent.Process?.Uid, SystemAccounts.GroupId(OperatorRule.Group)));

    public static IEnumerable<Finding> Judge(uint uid, IReadOnlyList<uint> groups, uint? agentUid, uint? operators)
    {
        if (uid == 0)
        {
            yield return Finding.Ok("root: nothing is hidden");
            yield break;
        }

        var may = uid == agentUid || (operators is { } group && groups.Contains(group));
        yield return Finding.Note(
            $"{SystemAccounts.UserName(uid)}: may look" + (may ? ", release and resume" : ", not release or resume") + "; other users' files are hidden",
            "sudo forewarn doctor sees all");
    }
}

using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Store;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>The event store as it lies in the state directory.</summary>
/// <param name="Path">The file.</param>
/// <param name="Owner">Who owns it; null where it is not there or cannot be seen.</param>
/// <param name="Aside">Broken ones that were moved aside; null where nobody may look, or the directory is a network's.</param>
internal sealed record EventStoreFacts(string Path, FileOwner? Owner, IReadOnlyList<string>? Aside)
{
    public static EventStoreFacts Look(string directory)
    {
        var path = EventStoreFile.PathIn(directory);
        if (StateFacts.Look(directory).Mount is { IsNetwork: true }) return new(path, null, null);
        try
        {
            return new(path, FileOwner.TryRead(path, out var owner) == Errno.None ? owner : null, EventStoreFile.MovedAside(directory));
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return new(path, null, null);
        }
    }
}

/// <summary>Whether events are on the disk before they are told, and whether earlier ones were lost with a broken file.</summary>
internal static class EventStoreCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "events", patient =>
        Judge(EventStoreFacts.Look(patient.Settings.StateDir), patient.Agent.Node?.EventStore, patient.Agent.Process?.Uid, patient.Now));

    public static IEnumerable<Finding> Judge(EventStoreFacts file, EventStoreReport? store, uint? agent, DateTimeOffset now)
    {
        if (store?.Trouble is { } trouble)
        {
            var waiting = string.Create(CultureInfo.InvariantCulture, $"events are told and not stored: {trouble}; {store.Held} wait");
            const string Todo = "make room, or give the agent a StateDir= that it may write to on a local disk; what waits is stored by itself then";
            yield return store.Lost == 0
                ? Finding.Warning(waiting, Todo)
                : Finding.Problem(string.Create(CultureInfo.InvariantCulture, $"{waiting}, {store.Lost} are lost"), Todo);
        }
        else if (store is not null)
        {
            var last = store.LastSuccess is { } time ? $", the last time {Quantity.Duration(now - time)} ago" : "";
            yield return Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{store.Stored} stored since the agent's start{last}"));
        }
        else if (agent is { } uid && file.Owner is { } owner && uid != 0 && owner.User != uid)
        {
            yield return Finding.Warning(
                $"{file.Path} belongs to {SystemAccounts.UserName(owner.User)}, the agent is {SystemAccounts.UserName(uid)}",
                $"chown {SystemAccounts.UserName(uid)} {file.Path}*");
        }

        if (file.Aside is [.., var latest])
        {
            yield return Finding.Warning(
                string.Create(CultureInfo.InvariantCulture, $"{file.Aside.Count} broken event stores were moved aside, the last as {latest}"),
                $"look at the disk (dmesg, smartctl); sqlite3 {latest} .recover may save events; then remove it");
        }
    }
}

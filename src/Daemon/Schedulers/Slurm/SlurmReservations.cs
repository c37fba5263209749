using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// What <c>scontrol --oneliner show reservation</c> tells. No text of people stands before the fields that are read, but for the name, which an operator chose and which has no blanks.
/// </summary>
internal static class SlurmReservations
{
    /// <summary>What the names of ours begin with.</summary>
    public const string Mark = "forewarn_";

    /// <summary>By name, with their nodes. Throws <see cref="FormatException"/> when one of ours is not understood.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(string output) => output.Split('\n')
        .Where(line => line.StartsWith($"ReservationName={Mark}", StringComparison.Ordinal))
        .Select(line => (Name: Field(line, "ReservationName="), Nodes: Field(line, " Nodes=")))
        .ToImmutableDictionary(one => one.Name, one => HostList.Expand(one.Nodes) ?? throw new FormatException($"nodes of reservation {one.Name}: {one.Nodes}"));

    /// <summary>Those of others. One without nodes sets none aside.</summary>
    public static ImmutableArray<Reservation> ReadOthers(string output) =>
    [
        .. output.Split('\n').Where(line => line.StartsWith("ReservationName=", StringComparison.Ordinal) && !line.StartsWith($"ReservationName={Mark}", StringComparison.Ordinal))
            .Select(line => new Reservation(Field(line, "ReservationName="), HostList.Expand(Field(line, " Nodes=")) ?? [], Time(Field(line, " StartTime=")))),
    ];

    // By the clock of this machine, which is the cluster's.
    private static DateTimeOffset? Time(string text)
        => DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time : null;

    private static string Field(string line, string name)
    {
        var start = line.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? throw new FormatException($"no{name} in {line}") : line[(start + name.Length)..].Split(' ', 2)[0];
    }
}

using System.Collections.Immutable;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Our own of <c>scontrol --oneliner show reservation</c>; no text of people stands before the fields that are read.</summary>
internal static class SlurmReservations
{
    /// <summary>What the names of ours begin with.</summary>
    public const string Mark = "forewarn_";

    /// <summary>By name, with their nodes. Throws <see cref="FormatException"/> when one of ours is not understood.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(string output) => output.Split('\n')
        .Where(line => line.StartsWith($"ReservationName={Mark}", StringComparison.Ordinal))
        .Select(line => (Name: Field(line, "ReservationName="), Nodes: Field(line, " Nodes=")))
        .ToImmutableDictionary(one => one.Name, one => HostList.Expand(one.Nodes) ?? throw new FormatException($"nodes of reservation {one.Name}: {one.Nodes}"));

    private static string Field(string line, string name)
    {
        var start = line.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? throw new FormatException($"no{name} in {line}") : line[(start + name.Length)..].Split(' ', 2)[0];
    }
}

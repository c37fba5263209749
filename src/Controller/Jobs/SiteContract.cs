using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>What a site declares for all jobs of a kind, in the words of a job's own comment. It holds for a job as far as its owner says nothing else.</summary>
public sealed record SiteContract
{
    /// <summary>What the site calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Of which partitions; empty: of any.</summary>
    public ImmutableArray<string> Partitions { get; init; } = [];

    /// <summary>Whose; empty: anybody's.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Of which accounts; empty: of any.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Patterns of the jobs' names, with <c>*</c> and <c>?</c>; empty: any name.</summary>
    public ImmutableArray<string> Jobs { get; init; } = [];

    /// <summary>The words, as behind <c>forewarn:</c> in a comment; in <c>dir=</c>, <c>%u</c> is the job's user and <c>%j</c> its number.</summary>
    public required string Words { get; init; }

    /// <summary>It is meant for such a job: by all that it names.</summary>
    public bool Covers(string partition, string user, string account, string name)
        => (Partitions.IsEmpty || Partitions.Contains(partition, StringComparer.Ordinal)) && (Users.IsEmpty || Users.Contains(user, StringComparer.Ordinal))
            && (Accounts.IsEmpty || Accounts.Contains(account, StringComparer.Ordinal)) && (Jobs.IsEmpty || Jobs.Any(pattern => Fits(pattern, name)));

    // Without going back further than to the last star: a pattern and a name of strangers must not cost more than their lengths multiplied.
    private static bool Fits(string pattern, string name)
    {
        var (at, letter, star, taken) = (0, 0, -1, 0);
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*') (star, taken) = (at++, letter);
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[letter])) (at, letter) = (at + 1, letter + 1);
            else if (star >= 0) (at, letter) = (star + 1, ++taken);
            else return false;
        }

        return pattern[at..].All(static rest => rest == '*');
    }
}

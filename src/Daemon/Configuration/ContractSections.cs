using Forewarn.Controller.Jobs;

namespace Forewarn.Daemon.Configuration;

/// <summary>The sections in which a site declares contracts for jobs of a kind. There are as many as a file names; the documented file describes them by an example.</summary>
internal sealed class ContractSections
{
    /// <summary>For the documented file.</summary>
    public const string Example = """

        # What the controller takes for declared by jobs that declare nothing themselves, [Contract.NAME]: as many as are wanted; of those that cover a job the
        # first by name counts. A job's own comment wins word by word. A signal that a program does not catch ends it: declare one only for programs that do. As an example:
        #   [Contract.10-train]
        #   Partitions=train     names apart by blanks; empty: any
        #   Users=               likewise
        #   Accounts=llm         likewise
        #   Jobs=pretrain-*      patterns of job names with * and ?, likewise
        #   Declares=dir=/lustre/ckpt/%u/%j interval=30m cost=40s
        #                        words as behind "forewarn:" in a job's comment; in dir %u is the user and %j the job's number

        """;

    private const string Prefix = "Contract.";
    private const int LongestName = 64;

    private readonly SortedDictionary<string, ContractKeys> _named = new(StringComparer.Ordinal);

    /// <summary>What such a section may be called.</summary>
    public static string Allowed => $"a section for a site's contract is [{Prefix}NAME], with at most {LongestName} letters, digits, '-' or '_'";

    /// <summary>True for a name that begins as these do, whether or not it is one.</summary>
    public static bool IsMeant(string section) => section == "Contract" || section.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || section == "Contracts";

    /// <summary>The section of this name, made at its first mention; null when it is none of these.</summary>
    public SettingSection? Find(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Length == Prefix.Length || name.Length > Prefix.Length + LongestName) return null;
        if (!name[Prefix.Length..].All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) return null;
        lock (_named)
        {
            if (!_named.TryGetValue(name, out var known)) _named[name] = known = new ContractKeys(name);
            return known.Section;
        }
    }

    /// <summary>Those of which anything is set.</summary>
    public IReadOnlyList<SettingSection> Set(SettingValues values) => [.. Written(values).Select(static known => known.Section)];

    /// <summary>What is in force, in the order in which they are asked.</summary>
    public IReadOnlyList<SiteContract> Bind(SettingValues values) => [.. Written(values).Select(known => known.Bind(values))];

    /// <summary>What is wrong with them: nobody would tell it a site later.</summary>
    public void Check(SettingValues values, ContractBounds bounds, List<ConfigurationError> errors)
    {
        foreach (var known in Written(values)) errors.AddRange(known.Check(values, bounds));
    }

    private ContractKeys[] Written(SettingValues values)
    {
        lock (_named) return [.. _named.Values.Where(known => known.IsSet(values))];
    }
}

using System.Collections.Immutable;
using Forewarn.Controller.Jobs;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of one [Contract.NAME].</summary>
internal sealed class ContractKeys
{
    private static readonly SettingType<ImmutableArray<string>> Names = new(
        "names apart by blanks, or empty",
        static (string text, out ImmutableArray<string> value) =>
        {
            value = [.. text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)];
            return !text.Any(static letter => char.IsControl(letter) && letter != '\t');
        },
        static names => string.Join(' ', names));

    private readonly Setting<ImmutableArray<string>> _partitions = new("Partitions", Names, ImmutableArray<string>.Empty, "Of which partitions. Empty: any.");
    private readonly Setting<ImmutableArray<string>> _users = new("Users", Names, ImmutableArray<string>.Empty, "Whose. Empty: anybody's.");
    private readonly Setting<ImmutableArray<string>> _accounts = new("Accounts", Names, ImmutableArray<string>.Empty, "Of which accounts. Empty: any.");
    private readonly Setting<ImmutableArray<string>> _jobs = new("Jobs", Names, ImmutableArray<string>.Empty, "Patterns of job names, with * and ?. Empty: any.");
    private readonly Setting<string> _declares = new("Declares", SettingTypes.OptionalText, "", "What holds for such jobs, in the words of a job's comment.");

    public ContractKeys(string section) => Section = new(section, "What the site declares for jobs of a kind.", [_partitions, _users, _accounts, _jobs, _declares]);

    /// <summary>The section.</summary>
    public SettingSection Section { get; }

    /// <summary>Anything of it was written.</summary>
    public bool IsSet(SettingValues values) => Section.Settings.Any(setting => values.Origin(setting) != SettingOrigin.Default);

    /// <summary>What is in force.</summary>
    public SiteContract Bind(SettingValues values) => new()
    {
        Name = Section.Name,
        Partitions = values.Get(_partitions),
        Users = values.Get(_users),
        Accounts = values.Get(_accounts),
        Jobs = values.Get(_jobs),
        Words = values.Get(_declares),
    };

    /// <summary>Each word that a job's owner would be told of as well.</summary>
    public IEnumerable<ConfigurationError> Check(SettingValues values, ContractBounds bounds)
    {
        var contract = Bind(values);
        var complaints = contract.Words.Length == 0 ? ["says nothing: it would keep a later one from holding"] : ContractText.Complaints(contract, bounds);
        var blamed = values.Origin(_declares) == SettingOrigin.Default ? Section.Settings.First(setting => values.Origin(setting) != SettingOrigin.Default) : _declares;
        return complaints.Select(complaint => new ConfigurationError(values.Origin(blamed), complaint, Section.Name, _declares.Key, contract.Words));
    }
}

using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Roles;
using Forewarn.Model;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Configuration;

/// <summary>Every rule has a section, made from its sheet.</summary>
public sealed class RuleSettingsTests : IDisposable
{
    private static readonly Threshold PerSecond = new("PerSecond", 10, "1/s", 0.5, 1e6, "Errors a second", "a paper");

    private static readonly SettingCatalog Catalog = new([], [Sheet("hot-card", RuleMode.On), Sheet("odd-card", RuleMode.Observe)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_section_a_rule_is_as_its_sheet_says()
    {
        var rules = Rules("");
        Assert.Equal((RuleMode.On, RuleMode.Observe), (rules["hot-card"].Mode, rules["odd-card"].Mode));
        Assert.Equal(10, rules["hot-card"][PerSecond]);
    }

    [Fact]
    public void A_section_sets_mode_and_numbers_of_its_rule_alone()
    {
        var rules = Rules("[Rule.hot-card]\nMode=off\nPerSecond=2.5\n");
        Assert.Equal((RuleMode.Off, 2.5), (rules["hot-card"].Mode, rules["hot-card"][PerSecond]));
        Assert.Equal((RuleMode.Observe, 10), (rules["odd-card"].Mode, rules["odd-card"][PerSecond]));
    }

    [Fact]
    public void A_section_sets_the_delays_of_its_rule_alone()
    {
        var rules = Rules("[Rule.hot-card]\nDebounce=7\nClearAfter=90\n");
        var sheet = Sheet("hot-card", RuleMode.On);
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(90)), (rules["hot-card"].Span(sheet.Debounce), rules["hot-card"].Span(sheet.ClearAfter)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(1)), (rules["odd-card"].Span(sheet.Debounce), rules["odd-card"].Span(sheet.ClearAfter)));
    }

    [Fact]
    public void What_holds_for_all_holds_where_a_rule_s_own_section_says_nothing()
    {
        var rules = Rules("[Rules]\nMode=observe\n[Rule.odd-card]\nMode=on\n");
        Assert.Equal((RuleMode.Observe, RuleMode.On), (rules["hot-card"].Mode, rules["odd-card"].Mode));
    }

    [Theory]
    [InlineData("[Rule.hot-card]\nPerSecond=0.4", "must be a number from 0.5 to 1000000")]
    [InlineData("[Rule.hot-card]\nPerSecond=NaN", "must be a number from 0.5 to 1000000")]
    [InlineData("[Rule.hot-card]\nPerSecnd=1", "did you mean PerSecond")]
    [InlineData("[Rule.hot-card]\nMode=loud", "must be one of on, observe, off")]
    [InlineData("[Rule.hot-crad]\nMode=on", "there is no rule \"hot-crad\"")]
    [InlineData("[Rules]\nMode=none", "must be one of default, on, observe, off")]
    public void What_is_wrong_is_named(string text, string complaint)
        => Assert.Contains(complaint, Assert.Single(Load(text + "\n").Errors).ToString(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_documented_file_says_what_a_number_does_and_where_it_comes_from() => Assert.Contains(
        """
        # Hot card. It is hot.
        [Rule.hot-card]
        # Whether the rule counts; observe: it is told and stored, and changes no state; off: it is not asked.
        # Must be one of on, observe, off.
        #Mode=on
        # Errors a second. In 1/s. The default comes from: a paper.
        # Must be a number from 0.5 to 1000000.
        #PerSecond=10
        """,
        ConfigurationText.Defaults(Catalog),
        StringComparison.Ordinal);

    [Fact]
    public void A_reload_applies_rules_at_once()
    {
        var (before, after) = (Load("", ProgramSettings.Catalog), Load("[Rules]\nMode=observe\n[Rule.row-remap-failed]\nMode=off\n", ProgramSettings.Catalog));
        Assert.Empty(after.Errors);
        Assert.Empty(ProgramSettings.ChangesThatWait(before.Values, after.Values));
        Assert.Equal(RuleMode.Off, after.Options!.Rules["row-remap-failed"].Mode);
    }

    private IReadOnlyDictionary<string, RuleSettings> Rules(string text)
    {
        var loaded = Load(text);
        Assert.Empty(loaded.Errors);
        return loaded.Options!.Rules;
    }

    private ConfigurationResult Load(string text, SettingCatalog? catalog = null)
        => new ConfigurationLoader(catalog ?? Catalog).Load(new(_folder.Write("forewarn.conf", text), Required: true), []);

    private static RuleSheet Sheet(string name, RuleMode mode) => new()
    {
        Name = name,
        Title = "Hot card",
        Doc = "It is hot.",
        Severity = Severity.Watch,
        Actions = default,
        ClearedBy = "",
        Probability = default,
        ProbabilityOrigin = "",
        Mode = mode,
        Thresholds = [PerSecond],
    };
}

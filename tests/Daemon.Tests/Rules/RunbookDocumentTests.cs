using Forewarn.Daemon.Tests.Exporters;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Rules;

public class RunbookDocumentTests
{
    public static TheoryData<string> Rules => [.. RuleList.All.Select(rule => rule.Sheet.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_page_whose_facts_are_those_of_the_rule(string name)
    {
        var path = Golden.PathOf(RunbookPage.PathOf(name));
        Golden.Matches(RunbookPage.PathOf(name), RunbookPage.Write(Sheet(name), File.Exists(path) ? File.ReadAllText(path) : null));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_person_has_written_what_the_sheet_does_not_know(string name)
        => Assert.Empty(RunbookPage.Gaps(File.ReadAllText(Golden.PathOf(RunbookPage.PathOf(name)))));

    [Fact]
    public void Every_page_belongs_to_a_rule() => Assert.Equal(
        RuleList.All.Select(rule => rule.Sheet.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Repository.Root, RunbookPage.Folder), "*.md").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "README").Order(StringComparer.Ordinal));

    [Fact]
    public void A_link_between_pages_leads_somewhere()
    {
        var folder = Path.Combine(Repository.Root, RunbookPage.Folder);
        var broken = Directory.GetFiles(folder, "*.md").SelectMany(file => File.ReadAllText(file).Split("](").Skip(1).Select(rest => rest.Split(')')[0]))
            .Where(link => link.EndsWith(".md", StringComparison.Ordinal) && !File.Exists(Path.Combine(folder, link)));
        Assert.Empty(broken);
    }

    [Fact]
    public void What_a_person_wrote_stays_when_the_facts_change()
    {
        var sheet = RuleList.All[0].Sheet;
        var written = RunbookPage.Write(sheet, null).Replace("## Source\n", "## Source\n\nA book.\n", StringComparison.Ordinal);
        var again = RunbookPage.Write(sheet with { Title = "Another title" }, written);
        Assert.StartsWith("# Another title\n", again, StringComparison.Ordinal);
        Assert.EndsWith("## Source\n\nA book.\n", again, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_section_is_named()
        => Assert.Equal(RunbookPage.Prose, RunbookPage.Gaps(RunbookPage.Write(RuleList.All[0].Sheet, null)));

    private static RuleSheet Sheet(string name) => RuleList.All.Single(rule => rule.Sheet.Name == name).Sheet;
}

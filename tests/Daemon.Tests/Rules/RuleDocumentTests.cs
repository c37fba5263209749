using Forewarn.Daemon.Tests.Exporters;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Tests.Rules;

public class RuleDocumentTests
{
    [Fact]
    public void The_page_says_what_the_rules_say() => Golden.Matches("docs/rules.md", RuleDocument.Write());

    [Fact]
    public void Every_rule_has_its_line_and_a_link_to_its_page()
    {
        var lines = RuleDocument.Write().Split('\n');
        Assert.All(RuleList.All, rule => Assert.Single(
            lines, line => line.StartsWith($"| [`{rule.Sheet.Name}`](runbook/{rule.Sheet.Name}.md) |", StringComparison.Ordinal)));
    }
}

using System.Text;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Tests.Rules;

/// <summary>Writes docs/rules.md from the list of rules.</summary>
internal static class RuleDocument
{
    private const string Opening = """
        # Rules

        What Forewarn can find, by name. This page is written from the rules in the code by `make docs`; a test fails when the two differ. Each name leads
        to its page of the [runbook](runbook/README.md): what it means, what to look at, what to do.

        - A finding may be graver or milder than its rule's line says, where the rule has reason to; `forewarn explain DEVICE` shows what is found.
        - *Held*: what must have happened before it clears, beside its cause being gone. Nothing clears because time passed. What was
          logged, is a moment and is not held clears when it did not come again in so much watching as the rule says: the device measured, the log read, the agent running.
        - Each rule has a section `[Rule.NAME]` in the configuration, with `Mode=on|observe|off` and its numbers below. In mode observe it is told and
          stored, changes no state and asks for nothing.
        - The chance of failure is the rule's own, from a fixed table, and says no more than its source does.


        """;

    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        Overview(text, "On a device", RuleScope.Device);
        Overview(text, "On the node", RuleScope.Node);
        Outranked(text);
        Chances(text);
        Numbers(text);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Overview(StringBuilder text, string title, RuleScope scope)
    {
        text.Append($"## {title}\n\n").Header("rule", "what", "severity", "work", "device", "held", "mode");
        foreach (var sheet in Sheets().Where(sheet => sheet.Scope == scope))
        {
            text.Row(
                $"[`{sheet.Name}`](runbook/{sheet.Name}.md)", sheet.Title, sheet.Severity.ToString(), RuleText.Work(sheet.Actions.Work), RuleText.Repair(sheet.Actions.Repair),
                RuleText.Held(sheet), sheet.Mode.ToString().ToLowerInvariant());
        }

        text.Append('\n');
    }

    private static void Outranked(StringBuilder text)
    {
        text.Append("## One trouble, one finding\n\nWhile the first stands and is at least as grave, the others are told as parts of it: they are counted in no metric of findings and in no chance.\n\n")
            .Header("rule", "outranks");
        foreach (var sheet in Sheets().Where(sheet => !sheet.Outranks.IsEmpty))
            text.Row($"`{sheet.Name}`", string.Join(", ", sheet.Outranks.Select(less => less.Key is { } key ? $"`{less.Rule}` {key}" : $"`{less.Rule}`")));
        text.Append('\n');
    }

    private static void Chances(StringBuilder text)
    {
        text.Append("## Chance of failure\n\n").Header("rule", "chance", "from");
        foreach (var sheet in Sheets()) text.Row($"`{sheet.Name}`", RuleText.Chance(sheet.Probability), sheet.ProbabilityOrigin);
        text.Append('\n');
    }

    private static void Numbers(StringBuilder text)
    {
        text.Append("## Numbers\n\n").Header("rule", "key", "default", "from – to", "what", "the default comes from");
        foreach (var (sheet, threshold) in Sheets().SelectMany(sheet => sheet.Numbers.Select(threshold => (sheet, threshold))))
        {
            text.Row(
                $"`{sheet.Name}`", $"`{threshold.Name}`", RuleText.Number(threshold, threshold.Default),
                $"{RuleText.Number(threshold, threshold.Least)} – {RuleText.Number(threshold, threshold.Most)}", threshold.Doc, threshold.Origin);
        }
    }

    private static IEnumerable<RuleSheet> Sheets() => RuleList.All.Select(rule => rule.Sheet).OrderBy(sheet => sheet.Name, StringComparer.Ordinal);
}

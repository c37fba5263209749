using System.Text;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Tests.Rules;

/// <summary>
/// A page of the runbook: facts, which are written from the rule's sheet and the catalogue of advice, and beneath them what a person wrote, which stays
/// as it is.
/// </summary>
internal static class RunbookPage
{
    public const string Folder = "docs/runbook";

    /// <summary>The sections that a person writes, in their order.</summary>
    public static readonly string[] Prose = ["How sure we are", "What to look at", "What to do next", "False alarms known", "Source"];

    private const string Begin = "<!-- Written by `make docs` from the rule: what is changed here is lost. -->";
    private const string End = "<!-- Below this line a person writes. -->";

    public static string PathOf(string rule) => $"{Folder}/{rule}.md";

    /// <summary>The page with its facts as they are now; what a person wrote is taken over, and of a new page there is nothing yet.</summary>
    public static string Write(RuleSheet sheet, string? before)
    {
        var cut = before?.IndexOf(End, StringComparison.Ordinal) ?? -1;
        var prose = cut < 0 ? "\n\n" + string.Concat(Prose.Select(title => $"## {title}\n\n")).TrimEnd('\n') + "\n" : before![(cut + End.Length)..];
        return Facts(sheet) + End + prose;
    }

    /// <summary>Sections of a page that have nothing in them, and whether they are others, or in another order, than they should be.</summary>
    public static IReadOnlyList<string> Gaps(string page)
    {
        var sections = page[Math.Max(page.IndexOf(End, StringComparison.Ordinal), 0)..].Split("\n## ").Skip(1).Select(section => section.Split('\n', 2)).ToArray();
        var titles = sections.Select(section => section[0]).ToArray();
        return
        [
            .. sections.Where(section => section.Length < 2 || section[1].Trim().Length == 0).Select(section => section[0]),
            .. titles.SequenceEqual(Prose) ? [] : (string[])["the sections are: " + string.Join(", ", titles)],
        ];
    }

    private static string Facts(RuleSheet sheet)
    {
        var text = new StringBuilder();
        text.Append($"# {sheet.Title}\n\n{Begin}\n\n## What it means\n\n{sheet.Doc}\n\n").Header($"`{sheet.Name}`", "");
        text.Row("severity", sheet.Severity.ToString());
        text.Row("raised", RuleText.Raised(sheet));
        text.Row("held", RuleText.Held(sheet));
        text.Row("chance of failure", $"{RuleText.Chance(sheet.Probability)}; from: {sheet.ProbabilityOrigin}");
        text.Row("switched", $"`[Rule.{sheet.Name}] Mode=on`, `observe` or `off`; {sheet.Mode.ToString().ToLowerInvariant()} unless set");
        foreach (var threshold in sheet.Thresholds)
            text.Row($"`{threshold.Name}=`", $"{threshold.Doc.TrimEnd('.')}; {RuleText.Number(threshold, threshold.Default)} unless set, from: {threshold.Origin}");
        Now(text, sheet);
        return text.Append($"## What clears it\n\n{Sentence(sheet.ClearedBy)} By hand: `forewarn clear DEVICE {sheet.Name} --reason \"…\"`.\n\n").ToString();
    }

    private static void Now(StringBuilder text, RuleSheet sheet)
    {
        text.Append($"\n## What to do now\n\nFor the work: {RuleText.Work(sheet.Actions.Work)}. For the {(sheet.Scope == RuleScope.Node ? "node" : "device")}: {RuleText.Repair(sheet.Actions.Repair)}. ");
        text.Append("`forewarn explain DEVICE` fills in the names; where the finding itself asks for more, it says so there.\n\n");
        var step = 1;
        foreach (var advice in Advice.For(Placeholder(sheet.Scope), "NODE", sheet.Actions))
            text.Append($"{step++}. {advice.Sentence}{(advice.Command.Length == 0 ? "" : $" `{advice.Command.Replace("-i 0", "-i INDEX", StringComparison.Ordinal)}`")}\n");
        if (step > 1) text.Append('\n');
    }

    // The maker whose commands the catalogue has; its index is one that a sentence does not take for a count.
    private static Device Placeholder(RuleScope scope) => scope == RuleScope.Node
        ? new() { Id = DeviceId.Node, Vendor = new(""), PciAddress = "" }
        : new() { Id = new("UUID"), Vendor = new("nvidia"), PciAddress = "PCI-ADDRESS", Index = 0 };

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
}

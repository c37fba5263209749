using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Tests.Doctor;

/// <summary>Short forms for tables of facts in and findings out.</summary>
internal static class Findings
{
    /// <summary>"device key value", or "key value" for the library itself.</summary>
    public static SourceFacts Facts(params string[] lines) => new([.. lines.Select(Fact)], []);

    /// <summary>The severities, in order, apart by blanks.</summary>
    public static string Severities(IEnumerable<Finding> findings) => string.Join(' ', findings.Select(finding => finding.Severity));

    public static string Texts(IEnumerable<Finding> findings) =>
        string.Join('\n', findings.Select(finding => $"{finding.Severity}: {finding.Text} > {finding.Todo}"));

    private static Fact Fact(string line)
    {
        var words = line.Split(' ', 3);
        return words[0].Contains(':', StringComparison.Ordinal)
            ? new(words[0], words[1], words[2])
            : new(SourceFacts.Whole, words[0], string.Join(' ', words[1..]));
    }
}

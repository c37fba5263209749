using System.Collections.Immutable;
using System.Text;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// Lines as Slurm 22.05 reads those of its own files (slurm.conf(5)): a comment goes from '#' to the end of its line, a backslash at the end of a line joins the next
/// one, but not at the end of a comment.
/// </summary>
internal static class SlurmLines
{
    /// <summary>What is written, with the number of the line on which it begins; empty lines are left out.</summary>
    public static ImmutableArray<(int Number, string Text)> Read(string text, ComplaintList complaints)
    {
        var lines = ImmutableArray.CreateBuilder<(int, string)>();
        var (joined, number, first) = (new StringBuilder(), 0, 0);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (first == 0) first = number;
            var comment = raw.IndexOf('#', StringComparison.Ordinal);
            var line = (comment < 0 ? raw : raw[..comment]).TrimEnd();
            var goesOn = comment < 0 && line.EndsWith('\\');
            joined.Append(goesOn ? line[..^1] : line);
            if (goesOn) continue;
            Take();
        }

        if (first != 0)
        {
            complaints.Add(number, "the text ends after a backslash that continues the line");
            Take();
        }

        return lines.ToImmutable();

        void Take()
        {
            var whole = joined.ToString().Trim();
            if (whole.Length > 0) lines.Add((first, whole));
            joined.Clear();
            first = 0;
        }
    }
}

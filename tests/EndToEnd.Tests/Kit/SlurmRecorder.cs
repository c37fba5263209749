using System.Text.RegularExpressions;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Gives commands to a real Slurm and keeps what it answers, the values of this run replaced by their names.</summary>
internal sealed partial class SlurmRecorder(SlurmCluster slurm)
{
    public SlurmRecording Recording { get; } = new();

    /// <summary>Gives the command line of this deed, once for each state.</summary>
    /// <param name="deed">What is meant.</param>
    /// <param name="when">How that stands to which it is given.</param>
    /// <param name="values">The values in the command line, and others that may be in the answer.</param>
    public async Task DoAsync(string deed, string when, params (string Name, string Value)[] values)
    {
        var form = RecordedForms.All[deed];
        var words = form.Select(word => values.Aggregate(word, static (text, value) => text.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal))).ToArray();
        await using var running = await slurm.RunAsync(words[0], words[1..]);
        Recording.Commands.Add(new()
        {
            Deed = deed,
            When = when,
            Command = form,
            Exit = await running.Ended,
            Out = deed is "nodes" or "jobs" or "holds" ? "" : Named(running.Output, values),
            Err = Named(running.Errors, values),
        });
    }

    /// <summary>Keeps all that Slurm tells at this moment.</summary>
    public async Task ReadAsync(string moment) => Recording.Readings.Add(moment, new(
        SlurmTrim.Json(await AskAsync("nodes")), SlurmTrim.Json(await AskAsync("jobs")), SlurmTrim.Holds(await AskAsync("holds"))));

    private Task<string> AskAsync(string what) => slurm.AskAsync(RecordedForms.All[what][0], RecordedForms.All[what][1..]);

    // A value may be a part of a longer word, and one value of another.
    private static string Named(string text, (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values.OrderByDescending(static one => one.Value.Length))
            text = Regex.Replace(text, $@"(?<![\w.{{]){Regex.Escape(value)}(?![\w}}])", $"{{{name}}}", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Padding().Replace(text, "{pad}");
    }

    // The blanks with which squeue fills a column.
    [GeneratedRegex(" {100,}$", RegexOptions.Multiline, 1000)]
    private static partial Regex Padding();
}

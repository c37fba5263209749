using System.Text.RegularExpressions;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>The commands of a recording: which of them a command line is, and what was answered to it.</summary>
internal sealed partial class RecordedCommands(SlurmRecording recording)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    private readonly (string Deed, Regex[] Words)[] _forms =
        [.. recording.Commands.DistinctBy(static command => command.Deed).Select(static command => (command.Deed, command.Command.Select(Pattern).ToArray()))];

    private readonly Dictionary<(string, string), RecordedCommand> _answers =
        recording.Commands.GroupBy(static command => (command.Deed, command.When)).ToDictionary(static group => group.Key, static group => group.First());

    /// <summary>What is meant by it, and the values in it; null when nothing like it was recorded.</summary>
    public (string Deed, Dictionary<string, string> Values)? Match(string[] line)
    {
        foreach (var (deed, words) in _forms)
        {
            if (words.Length != line.Length) continue;
            var matches = words.Zip(line, static (word, text) => word.Match(text)).ToList();
            if (matches.TrueForAll(static match => match.Success))
                return (deed, matches.SelectMany(static match => match.Groups.Values.Skip(1)).ToDictionary(static group => group.Name, static group => group.Value));
        }

        return null;
    }

    /// <summary>What Slurm answered to this deed in this state.</summary>
    public RecordedCommand Answer(string deed, string when) => _answers.GetValueOrDefault((deed, when)) ?? throw new UnrecordedException($"{deed} was not recorded of what is {when}");

    /// <summary>A text of the recording with these values in it; a column of squeue's is as wide as it was asked for.</summary>
    public static string Fill(string text, Dictionary<string, string> values)
    {
        if (text.Length == 0) return "";
        var filled = Name().Replace(text, name => name.Value == Padding ? Padding : values[name.Groups["name"].Value]);
        return (filled.EndsWith(Padding, StringComparison.Ordinal) ? filled[..^Padding.Length].PadRight(Column) : filled) + "\n";
    }

    // SlurmNote.
    private const int Column = 8192;
    private const string Padding = "{pad}";

    // The words of a value may be anything; what stands around them may not, and an empty one was recorded as empty.
    private static Regex Pattern(string word) => new($"^{Name().Replace(Regex.Escape(word).Replace("\\{", "{", StringComparison.Ordinal), "(?<${name}>.+)")}$", RegexOptions.Singleline, Within);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}

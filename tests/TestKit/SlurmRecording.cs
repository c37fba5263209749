using System.Text.Encodings.Web;
using System.Text.Json;

namespace Forewarn.TestKit;

/// <summary>What a real Slurm answered while a job was moved, in files of the repository (their README says how they are made).</summary>
public sealed class SlurmRecording
{
    /// <summary>The version that answered.</summary>
    public const string Version = "22.05.8";

    private const string CommandFile = "commands.jsonl";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, IgnoreReadOnlyProperties = true };

    private static string Folder => Path.Join(Repository.Root, "tests", "Daemon.Tests", "Schedulers", "recorded", $"slurm-{Version}");

    /// <summary>Each command in each state, in the order in which they were given.</summary>
    public IList<RecordedCommand> Commands { get; } = [];

    /// <summary>The readings by the name of their moment.</summary>
    public SortedDictionary<string, RecordedReading> Readings { get; } = new(StringComparer.Ordinal);

    public static SlurmRecording Load()
    {
        var recording = new SlurmRecording();
        foreach (var line in File.ReadLines(Path.Join(Folder, CommandFile))) recording.Commands.Add(JsonSerializer.Deserialize<RecordedCommand>(line, Plain)!);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.sinfo.json"))
        {
            var moment = Path.GetFileName(file).Split('.')[0];
            recording.Readings[moment] = new(File.ReadAllText(file), File.ReadAllText(PathOf(moment, "squeue.json")), File.ReadAllText(PathOf(moment, "reservations.txt")));
        }

        return recording;
    }

    public void Save()
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder).Where(static file => !file.EndsWith(".md", StringComparison.Ordinal))) File.Delete(old);
        File.WriteAllLines(Path.Join(Folder, CommandFile), Commands.Select(command => JsonSerializer.Serialize(command, Plain)));
        foreach (var (moment, reading) in Readings)
        {
            File.WriteAllText(PathOf(moment, "sinfo.json"), reading.Nodes);
            File.WriteAllText(PathOf(moment, "squeue.json"), reading.Jobs);
            File.WriteAllText(PathOf(moment, "reservations.txt"), reading.Holds);
        }
    }

    private static string PathOf(string moment, string what) => Path.Join(Folder, $"{moment}.{what}");
}

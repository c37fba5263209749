using System.Globalization;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>A job that trains (jobs/train.sh), from what it writes down of itself.</summary>
/// <param name="slurm">Where it runs.</param>
/// <param name="id">Its number there.</param>
/// <param name="folder">Its own folder.</param>
internal sealed class TrainingJob(SlurmCluster slurm, string id, string folder)
{
    /// <summary>Steps between two checkpoints, some ten seconds.</summary>
    public const int Often = 40;

    /// <summary>The same, so many that none comes before a move is over: what it goes on from is then what it was asked for.</summary>
    public const int Seldom = 2000;

    // Where 10 s are declared a minute is left to answer in; but a checkpoint not older than that would be as good as one that is asked for.
    private const string Common = "cost=10s load=1s";

    public string Id => id;

    /// <summary>What its owner declares with it: how it is asked, and what it does then.</summary>
    public static IEnumerable<string> Declared(string flavour, string folder) => flavour switch
    {
        "exit" => [$"--comment=forewarn: dir={folder}/checkpoints {Common} signal=USR1 to=batch on-request=exit"],
        "pause" => [$"--comment=forewarn: dir={folder}/checkpoints {Common} signal=USR2 to=steps on-request=pause:2m"],
        "continue" => [$"--comment=forewarn: dir={folder}/checkpoints {Common} on-request=continue"],
        _ => [],
    };

    /// <summary>Its runs, the first first.</summary>
    public IReadOnlyList<TrainingRun> Runs
    {
        get
        {
            List<TrainingRun> runs = [];
            var log = Path.Join(folder, "log");
            foreach (var words in File.Exists(log) ? File.ReadAllLines(log).Select(line => line.Split(' ')) : [])
            {
                if (words is ["begin", var restarts, var step, var nodes]) runs.Add(new(Number(restarts), Number(step), Number(step), nodes.Split(',')));
                else if (words is ["step", var counted] && runs.Count > 0) runs[^1] = runs[^1] with { Last = Number(counted) };
            }

            return runs;
        }
    }

    /// <summary>Waits until it counts steps in its N-th run, 1 for the first.</summary>
    public async Task<TrainingRun> UntilItCountsAsync(int run, int steps, TimeSpan within)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(Runs.Count >= run && Runs[run - 1].Steps >= steps), within, $"job {id} counts {steps} steps in run {run}", () => $"{string.Join('\n', Runs)}\n{Output}");
        return Runs[run - 1];
    }

    /// <summary>Its rank on this node gets an error of its card, and ends with one.</summary>
    public void Break(string node) => File.WriteAllText(Path.Join(folder, "broken"), node);

    public Task CancelAsync() => slurm.CancelAsync(id);

    private string Output => Path.Join(folder, "output") is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>One run of it.</summary>
/// <param name="Restarts">How often it had been started anew.</param>
/// <param name="First">The step of the checkpoint that it went on from; 0 for none.</param>
/// <param name="Last">The last step that it counted.</param>
/// <param name="Nodes">Where.</param>
internal sealed record TrainingRun(int Restarts, int First, int Last, IReadOnlyList<string> Nodes)
{
    public int Steps => Last - First;

    public override string ToString() => FormattableString.Invariant($"run {Restarts}: steps {First} to {Last} on {string.Join(", ", Nodes)}");
}

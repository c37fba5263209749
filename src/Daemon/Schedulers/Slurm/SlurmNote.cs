namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>The text that administrators wrote to a job, asked for alone: behind text of its user nothing that <c>scontrol</c> prints could be believed.</summary>
internal static class SlurmNote
{
    // Own figure: as much as is read in the first place, and more than anybody writes; 22.05 keeps as much as it is given.
    private const int Longest = 8192;

    // What squeue prints where there is none.
    private const string None = "(null)";

    /// <summary>Arguments of squeue for one job.</summary>
    public static IReadOnlyList<string> Query(string job) => ["--noheader", "--states=all", $"--jobs={job}", FormattableString.Invariant($"--Format=admin_comment:{Longest}")];

    /// <summary>The text; null when it is too long to be read whole.</summary>
    public static string? Read(string output)
    {
        var text = output.TrimEnd('\n');
        if (text.Length >= Longest && text[^1] != ' ') return null;
        text = text.TrimEnd(' '); // squeue fills its columns
        return text == None ? "" : text;
    }
}

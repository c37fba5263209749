namespace Forewarn.Daemon.Checkpoints;

/// <summary>Names that say that something is still being written.</summary>
internal static class StagingName
{
    // .metadata.tmp: PyTorch; tmp-checkpoint-N: Transformers 4.37 to 4.39; ._dlrover_ckpt_stage: DLRover; the others are in use everywhere.
    private static readonly string[] Endings = [".tmp", ".temp", ".part", ".partial", ".incomplete", ".inprogress", "-unfinished"];
    private static readonly string[] Beginnings = ["tmp-checkpoint-", "tmp_", ".tmp", "._dlrover_ckpt_stage"];

    /// <summary>A file that a trainer lays into a folder while it writes (Kubeflow, and Transformers' checkpoints on request).</summary>
    public const string Marker = "checkpoint-is-incomplete.txt";

    /// <summary>NeMo lays a file of this ending beside a folder while it writes it.</summary>
    public const string MarkerBeside = "-unfinished";

    public static bool Is(string name) =>
        name == Marker
        || Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.Ordinal))
        || Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The name that it will have in the end; the same where nobody can say.</summary>
    public static string Final(string path) =>
        Array.Find(Endings, ending => path.EndsWith(ending, StringComparison.Ordinal)) is { } ending ? path[..^ending.Length] : path;
}

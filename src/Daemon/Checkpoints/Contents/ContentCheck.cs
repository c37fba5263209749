namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>Which form a file has by its name, and what can be verified of it.</summary>
internal static class ContentCheck
{
    private static readonly string[] Torch = [".pt", ".pth", ".bin", ".ckpt"];
    private static readonly string[] Pickles = [".pdparams", ".pdopt", ".pdstate", ".metadata"];
    private const string Shard = ".distcp";
    private const string Safetensors = ".safetensors";
    private const string Json = ".json";

    /// <summary>True for what holds a job's state: never empty, and there again in the next checkpoint.</summary>
    public static bool IsState(string path) =>
        Extension(path) is { } extension && extension != ".metadata" && (Torch.Contains(extension) || Pickles.Contains(extension) || extension is Shard or Safetensors);

    /// <summary>True for what is looked into.</summary>
    public static bool IsKnown(string path) => Extension(path) is Json or ".metadata" || IsState(path);

    /// <summary>Null for a name of no known form.</summary>
    public static ContentFinding? Of(string path, CheckpointFile file) => Extension(path) switch
    {
        // Paddle's shards have the same suffix and are pickles.
        Shard => Formats.PaddleFormat.IsShard(path) ? PickleFile.Check(file) : TorchArchive.Check(file, mayBeSeveral: true, mayBeForeign: true),
        Safetensors => SafetensorsFile.Check(file),
        Json => JsonFile.Check(file),
        { } extension when Pickles.Contains(extension) => PickleFile.Check(file),
        { } extension when Torch.Contains(extension) => TorchArchive.Check(file, mayBeSeveral: false, mayBeForeign: extension == ".bin"),
        _ => null,
    };

    /// <summary>The suffix; of ".metadata" it is the name itself.</summary>
    private static string? Extension(string path) => path.LastIndexOf('.') is >= 0 and var dot && dot > path.LastIndexOf('/') ? path[dot..] : null;
}

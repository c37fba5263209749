using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// The files of torch.distributed.checkpoint: each rank writes <c>__RANK_N.distcp</c>; when all have, the first writes <c>.metadata.tmp</c> and renames it to
/// <c>.metadata</c> (torch/distributed/checkpoint/filesystem.py, 1.13 to 2.9). That is a pickle, which is not loaded; the names of the shards stand in it as plain
/// bytes, and are read from there.
/// </summary>
internal static class TorchShards
{
    public const string Index = ".metadata";
    public const string Suffix = ".distcp";

    // Own figure: file servers and nodes disagree by this much; a shard that is newer by more belongs to a later save that was not finished.
    private static readonly TimeSpan Disagreement = TimeSpan.FromSeconds(60);

    /// <summary>True for a folder that has some of these files.</summary>
    public static bool AreIn(IEnumerable<TreeEntry> direct) => direct.Any(entry => entry.Name == Index || entry.Name.EndsWith(Suffix, StringComparison.Ordinal));

    /// <param name="inquiry">The checkpoint.</param>
    /// <param name="folder">The folder in it that has them; "" for itself.</param>
    public static void Judge(CheckpointInquiry inquiry, string folder)
    {
        var path = CheckpointTree.Join(folder, Index);
        var shards = inquiry.FilesIn(folder).Where(entry => entry.Name.EndsWith(Suffix, StringComparison.Ordinal)).ToDictionary(entry => entry.Name);
        if (!inquiry.Has(path))
        {
            inquiry.Refuse(path, CheckpointDefectKind.NotCommitted, "is missing: it is written when all ranks have written their shards");
            return;
        }

        if (ShardNames.Read(inquiry, path, name => name.StartsWith("__", StringComparison.Ordinal)) is not { } named) return;
        if (named.Count == 0) inquiry.Refuse(path, CheckpointDefectKind.Invalid, "names no shard");
        foreach (var missing in named.Where(name => !shards.ContainsKey(name)))
            inquiry.Refuse(CheckpointTree.Join(folder, missing), CheckpointDefectKind.Missing, $"is missing: {Index} names it");
        var committed = inquiry.Find(path)!.Value.Modified;
        foreach (var late in shards.Values.Where(shard => shard.Modified > committed + Disagreement))
            inquiry.Refuse(late.Path, CheckpointDefectKind.NotCommitted, $"is newer than {Index}: a later save into the same folder was not finished");
        var extra = shards.Keys.Count(name => !named.Contains(name));
        if (extra > 0) inquiry.Notes.Add($"{extra} shards that {Index} does not name: left by an earlier save");
    }
}

using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>One checkpoint under examination: its files as listed, and what speaks against it so far.</summary>
internal sealed class CheckpointInquiry(CheckpointTree tree, string folder, string name, IReadOnlyList<TreeEntry> entries)
{
    // Own figure: nobody reads the thousandth missing shard; how many there are is said.
    private const int MostDefects = 1_000;

    private readonly List<CheckpointDefect> _defects = [];
    // Two names that are not UTF-8 may read alike.
    private readonly Dictionary<string, TreeEntry> _byPath = entries.DistinctBy(entry => entry.Path).ToDictionary(entry => entry.Path);
    private readonly HashSet<(string, CheckpointDefectKind)> _said = [];
    private int _unsaid;

    /// <summary>Its own name.</summary>
    public string Name => name;

    /// <summary>Everything in it, in order of path; paths are relative to it.</summary>
    public IReadOnlyList<TreeEntry> Entries => entries;

    /// <summary>The step that its name tells.</summary>
    public long? Step => StepName.Of(name);

    public required CheckpointOrder Order { get; init; }

    /// <summary>Reads the tracker beside it; null where what lies beside it is not ours to look at.</summary>
    public Func<string, CheckpointTracker>? TrackerBeside { get; init; }

    public List<CheckedFile> Checks { get; } = [];

    public List<string> Notes { get; } = [];

    public IEnumerable<CheckpointDefect> Defects => _unsaid == 0
        ? _defects
        : [.. _defects, new(".", CheckpointDefectKind.TooMany, $"{_unsaid} more faults are not listed")];

    public bool IsSpotless => _defects.Count == 0;

    /// <summary>Once for a file and kind: several rules may find the same.</summary>
    public void Refuse(string file, CheckpointDefectKind kind, string reason)
    {
        if (_unsaid == 0 && !_said.Add((file, kind))) return;
        if (_defects.Count < MostDefects) _defects.Add(new(file, kind, reason));
        else _unsaid++;
    }

    public bool Has(string path) => _byPath.TryGetValue(path, out var entry) && entry.IsFile;

    public TreeEntry? Find(string path) => _byPath.TryGetValue(path, out var entry) ? entry : null;

    /// <summary>Refuses it when the file is not there.</summary>
    public bool Needs(string path, string why)
    {
        if (Has(path)) return true;
        if (!_byPath.ContainsKey(path)) Refuse(path, CheckpointDefectKind.Missing, $"is missing: {why}");
        else Refuse(path, CheckpointDefectKind.NotAFile, $"is no file that is read: {why}");
        return false;
    }

    /// <summary>The files directly in one of its folders; "" for itself.</summary>
    public IEnumerable<TreeEntry> FilesIn(string inside) => entries.Where(entry => entry.IsFile && entry.Folder == inside);

    /// <summary>Its folders that hold files.</summary>
    public IEnumerable<string> Folders => entries.Select(entry => entry.Folder).Distinct();

    public Interop.Linux.Errno TryOpen(string path, out CheckpointFile? file) => tree.TryOpen(CheckpointTree.Join(folder, path), out file);

    public CheckpointTracker TrackerInside(string inside, string file) => CheckpointTracker.Read(tree, CheckpointTree.Join(folder, inside), file);

    public string? Text(string path, int most) => tree.Text(CheckpointTree.Join(folder, path), most, out _);
}

using Forewarn.Daemon.Checkpoints.Formats;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// Finds what looks like a checkpoint in a folder, the newest first: the highest step, as the frameworks themselves choose; where names tell no step, the latest time.
/// </summary>
internal sealed class CandidateFinder(CheckpointTree tree, CheckpointOrder order)
{
    // Own figure: a folder is opened to see what lies in it; one with more folders than this is no folder of checkpoints.
    private const int MostFolders = 10_000;

    private readonly List<SkippedName> _skipped = [];

    /// <summary>Names that were left out, and why.</summary>
    public IReadOnlyList<SkippedName> Skipped => _skipped;

    /// <summary>Names in the root; for markers that lie beside a checkpoint.</summary>
    public HashSet<string> NamesBeside { get; } = [];

    /// <summary>True when the root has more names than are looked at.</summary>
    public bool IsCut { get; private set; }

    public Errno Find(out IReadOnlyList<CheckpointCandidate> found)
    {
        found = [];
        var root = new List<TreeEntry>();
        var error = tree.List("", root, out var isCut);
        IsCut = isCut;
        if (error != Errno.None) return error;
        NamesBeside.UnionWith(root.Select(entry => entry.Name));
        var folders = root.Where(entry => entry.Kind == TreeEntryKind.Folder).ToArray();
        IsCut |= folders.Length > MostFolders;
        var candidates = folders.Take(MostFolders).Select(OfFolder).OfType<CheckpointCandidate>().ToList();
        Links(root);
        if (candidates.Count == 0 && order.Name is null && Root(root) is { } itself) candidates.Add(itself);
        else candidates.AddRange(root.Where(IsPlainFile).Select(OfFile).OfType<CheckpointCandidate>());
        found =
        [
            .. candidates.Where(candidate => order.Format is null || candidate.Format.Name == order.Format)
                .OrderByDescending(candidate => candidate.Step ?? -1)
                .ThenByDescending(candidate => candidate.Modified)
                .ThenByDescending(candidate => candidate.Name, StringComparer.Ordinal),
        ];
        return Errno.None;
    }

    private bool IsPlainFile(TreeEntry entry) => entry.IsFile && PlainFormat.IsFile(entry.Name, order.Pattern);

    private CheckpointCandidate? OfFolder(TreeEntry folder)
    {
        var inside = new List<TreeEntry>();
        _ = tree.List(folder.Path, inside, out _);
        return FormatOf(folder.Name, inside) is { } format && IsFit(folder.Name) ? new(folder.Name, format, folder.Modified) : null;
    }

    private CheckpointCandidate? OfFile(TreeEntry file) => IsFit(file.Name) ? new(file.Name, PlainFormat.Instance, file.Modified, file) : null;

    /// <summary>Whoever names a checkpoint itself as the folder means that one.</summary>
    private CheckpointCandidate? Root(List<TreeEntry> direct)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(order.Root));
        return FormatOf(name, direct) is { } format && format != PlainFormat.Instance
            ? new("", format, direct.Select(entry => entry.Modified).Max())
            : null;
    }

    private static ICheckpointFormat? FormatOf(string name, List<TreeEntry> direct) =>
        CheckpointFormatRegistry.All.FirstOrDefault(format => format.Owns(name, direct));

    private void Links(List<TreeEntry> root)
    {
        foreach (var link in root.Where(entry => entry.Kind == TreeEntryKind.Link))
        {
            if (FormatOf(link.Name, []) is null && !PlainFormat.IsFile(link.Name, order.Pattern)) continue;
            _skipped.Add(new(ShownName.Of(link.Name), ErrnoText.Of(Errno.SymbolicLink)));
        }
    }

    private bool IsFit(string name)
    {
        var reason = !ShownName.IsPlain(name) ? "has control characters in its name"
            : StagingName.Is(name) ? "has the name of something that is still being written"
            : null;
        if (reason is not null) _skipped.Add(new(ShownName.Of(name), reason));
        return reason is null;
    }
}

using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// A folder with checkpoints, as far as it is looked at: bounded, without following links. Each path is announced before the call that may hang on it.
/// </summary>
internal sealed class CheckpointTree(Folder root, Action<string> announce)
{
    // Own figures. A checkpoint of 16,384 ranks with four files each has 65,536; the deepest known layout (Trainer, DeepSpeed inside) has three levels.
    public const int MostEntries = 200_000;
    private const int MostLevels = 8;

    /// <summary>The names in one folder.</summary>
    /// <param name="folder">Relative to the root; "" for it.</param>
    /// <param name="into">Takes them.</param>
    /// <param name="isCut">There are more than are looked at.</param>
    /// <param name="most">How many are.</param>
    public Errno List(string folder, List<TreeEntry> into, out bool isCut, int most = MostEntries)
    {
        isCut = false;
        announce(folder.Length == 0 ? "." : folder);
        if (root.TryOpenFolder(folder, out var opened) is not Errno.None and var refused) return refused;
        using (opened)
        {
            var names = new List<string>();
            var error = opened!.List(most, names, out isCut);
            names.Sort(StringComparer.Ordinal);
            foreach (var name in names)
            {
                var path = folder.Length == 0 ? name : $"{folder}/{name}";
                announce(path);
                into.Add(Entry(path, opened.TryLook(name, out var facts), facts));
            }

            return error;
        }
    }

    /// <summary>Everything beneath a folder but folders that were listed; paths are relative to it.</summary>
    public List<TreeEntry> ListAll(string folder, out bool isCut)
    {
        var found = new List<TreeEntry>();
        var waiting = new Stack<(string Path, int Level)>([("", 0)]);
        isCut = false;
        while (waiting.TryPop(out var next) && !isCut)
        {
            var here = new List<TreeEntry>();
            var error = List(Join(folder, next.Path), here, out isCut, MostEntries - found.Count);
            if (error != Errno.None) found.Add(new(next.Path.Length == 0 ? "." : next.Path, TreeEntryKind.Unknown, 0, default, error));
            foreach (var entry in here)
            {
                var inside = entry with { Path = Join(next.Path, entry.Name) };
                if (entry.Kind != TreeEntryKind.Folder) found.Add(inside);
                else if (next.Level + 1 < MostLevels) waiting.Push((inside.Path, next.Level + 1));
                else isCut = true;
            }
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return found;
    }

    /// <summary>Null where it cannot be opened or is no file any more.</summary>
    public Errno TryOpen(string path, out CheckpointFile? file)
    {
        file = null;
        announce(path);
        var error = root.TryOpenFile(path, out var descriptor);
        if (error != Errno.None) return error;
        error = FileFacts.TryRead(descriptor, out var facts);
        if (error == Errno.None && !facts.IsRegular) error = Errno.InvalidArgument;
        if (error == Errno.None) file = new(descriptor, facts.Bytes);
        else _ = Libc.Close(descriptor);
        return error;
    }

    /// <summary>A small file's text without the white space around it; null where it is not there, cannot be read, or is no small text.</summary>
    public string? Text(string path, int most, out Errno error)
    {
        error = TryOpen(path, out var file);
        if (error != Errno.None) return null;
        using (file)
        {
            error = Errno.InvalidArgument;
            if (file!.Length > most) return null;
            var bytes = new byte[file.Length];
            if (!file.TryRead(0, bytes)) return null;
            error = Errno.None;
            return System.Text.Encoding.UTF8.GetString(bytes).Trim();
        }
    }

    /// <summary>Two paths, of which either may be "".</summary>
    public static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : $"{folder}/{name}";

    private static TreeEntry Entry(string path, Errno error, FileFacts facts) => new(
        path,
        error != Errno.None ? TreeEntryKind.Unknown
            : facts.IsRegular ? TreeEntryKind.File
            : facts.IsFolder ? TreeEntryKind.Folder
            : facts.IsLink ? TreeEntryKind.Link
            : TreeEntryKind.Other,
        facts.Bytes, facts.Modified, error);
}

using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>
/// An open folder, and what lies beneath it: no path leaves it and no symbolic link is followed, whoever made them. Names that are not
/// UTF-8 are listed with replacements and cannot be opened.
/// </summary>
public sealed class Folder : IDisposable
{
    // struct dirent of glibc on 64-bit machines: d_name at 19.
    private const int NameOffset = 19;

    private readonly int _descriptor;

    private Folder(int descriptor) => _descriptor = descriptor;

    /// <summary>Follows links: the path is the caller's own.</summary>
    public static Errno TryOpen(string path, out Folder? folder)
    {
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec | Libc.OnlyFolder);
        folder = descriptor < 0 ? null : new(descriptor);
        return folder is null ? Libc.LastError : Errno.None;
    }

    /// <param name="relative">Names with slashes between; "" is the folder itself.</param>
    /// <param name="folder">Null unless the answer is None.</param>
    public Errno TryOpenFolder(string relative, out Folder? folder)
    {
        var error = TryOpenBeneath(relative.Length == 0 ? "." : relative, Libc.OnlyFolder, out var descriptor);
        folder = error == Errno.None ? new(descriptor) : null;
        return error;
    }

    /// <summary>A file to read. A FIFO opens too and does not wait: look at its type before you read.</summary>
    public Errno TryOpenFile(string relative, out int descriptor) => TryOpenBeneath(relative, Libc.NonBlocking, out descriptor);

    /// <summary>The names in it, in the order of the file system, without <c>.</c> and <c>..</c>.</summary>
    /// <param name="most">After so many it stops.</param>
    /// <param name="names">Takes them.</param>
    /// <param name="isCut">There are more.</param>
    public Errno List(int most, ICollection<string> names, out bool isCut)
    {
        isCut = false;
        if (TryOpenBeneath(".", Libc.OnlyFolder, out var descriptor) is not Errno.None and var error) return error;
        var stream = Libc.FolderStream(descriptor);
        if (stream == 0)
        {
            error = Libc.LastError;
            _ = Libc.Close(descriptor);
            return error;
        }

        nint entry;
        while ((entry = Libc.ReadFolder(stream)) != 0)
        {
            var name = Marshal.PtrToStringUTF8(entry + NameOffset)!;
            if (name is "." or "..") continue;
            isCut = names.Count >= most;
            if (isCut) break;
            names.Add(name);
        }

        error = isCut ? Errno.None : Libc.LastError;
        _ = Libc.CloseFolder(stream);
        return error;
    }

    /// <summary>What a name in this folder is.</summary>
    public Errno TryLook(string name, out FileFacts facts) => FileFacts.TryRead(_descriptor, name, out facts);

    public void Dispose() => _ = Libc.Close(_descriptor);

    /// <summary>The same name by name, for kernels before 5.6 and for sandboxes that do not know openat2.</summary>
    public Errno TryOpenStepByStep(string relative, int flags, out int descriptor)
    {
        descriptor = -1;
        var (folder, names) = (_descriptor, relative.Split('/'));
        if (Array.Exists(names, name => name is "" or "..")) return Errno.CrossesDevice;
        for (var i = 0; i < names.Length; i++)
        {
            var wanted = i < names.Length - 1 ? Libc.OnlyFolder : flags;
            var next = Libc.OpenAt(folder, names[i], Libc.ReadOnly | Libc.CloseOnExec | Libc.FollowNoLink | wanted);
            var error = next < 0 ? Libc.LastError : Errno.None;
            // With O_DIRECTORY the kernel calls a link no folder.
            if (error == Errno.NotDirectory && FileFacts.TryRead(folder, names[i], out var facts) == Errno.None && facts.IsLink) error = Errno.SymbolicLink;
            if (folder != _descriptor) _ = Libc.Close(folder);
            if (error != Errno.None) return error;
            folder = next;
        }

        descriptor = folder;
        return Errno.None;
    }

    private Errno TryOpenBeneath(string relative, int flags, out int descriptor)
    {
        var how = new OpenHow(
            (ulong)(uint)(Libc.ReadOnly | Libc.CloseOnExec | flags), 0, OpenHow.Beneath | OpenHow.NoSymbolicLinks | OpenHow.NoMagicLinks);
        descriptor = Libc.OpenAt2(_descriptor, relative, how);
        if (descriptor >= 0) return Errno.None;
        var error = Libc.LastError;
        // A seccomp filter that does not know the call answers EPERM (containers before 2020).
        return error is Errno.NotImplemented or Errno.NotPermitted ? TryOpenStepByStep(relative, flags, out descriptor) : error;
    }
}

namespace Forewarn.Daemon.Topology;

/// <summary>A file that is read anew when it was changed. What was read last stands while it cannot be read.</summary>
/// <param name="path">Where; empty for no file at all.</param>
internal sealed class WatchedFile(string path)
{
    private (DateTime Written, long Length) _read;

    /// <summary>Where.</summary>
    public string Path => path;

    /// <summary>What it says; null while it was never read.</summary>
    public string? Text { get; private set; }

    /// <summary>Why it cannot be read; empty when it can.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Looks whether it was changed; true when there is something new to say.</summary>
    public async Task<bool> LookAsync(CancellationToken cancellation)
    {
        if (path.Length == 0) return false;
        var (text, trouble) = (Text, Trouble);
        try
        {
            var file = new FileInfo(path);
            var seen = (file.LastWriteTimeUtc, file.Length);
            if (Text is not null && Trouble.Length == 0 && seen == _read) return false;
            (Text, Trouble, _read) = (await File.ReadAllTextAsync(path, cancellation), "", seen);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The framework's own texts are trimmed away; what the kernel says of an I/O error is not.
            Trouble = "cannot be read: " + (refused is FileNotFoundException or DirectoryNotFoundException ? "no such file"
                : refused is UnauthorizedAccessException ? "permission denied, or not a file" : refused.Message);
        }

        return text != Text || trouble != Trouble;
    }
}

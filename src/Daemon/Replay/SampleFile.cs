namespace Forewarn.Daemon.Replay;

/// <summary>
/// A recording of readings, an answer of the agent a line, in the order in which they came. A line is written whole, in one piece: who ends the recording
/// ends it between two lines.
/// </summary>
internal sealed class SampleFile : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Makes the file, or goes on at its end. Throws <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>.</summary>
    public SampleFile(string path)
    {
        var isTorn = IsTorn(path);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (isTorn) _file.Write("\n"u8);
    }

    /// <summary>Lines written.</summary>
    public long Lines { get; private set; }

    /// <summary>Adds an answer, which is one line already. It takes no cancellation: half a line is none.</summary>
    public void Add(ReadOnlySpan<byte> answer)
    {
        _file.Write([.. answer, (byte)'\n']);
        Lines++;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>An earlier recording that lost its machine or its disk may have left half a line: it is not gone on with.</summary>
    private static bool IsTorn(string path)
    {
        if (!File.Exists(path)) return false;
        using var file = File.OpenHandle(path);
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.GetLength(file) is > 0 and var length && RandomAccess.Read(file, last, length - 1) == 1 && last[0] != '\n';
    }
}

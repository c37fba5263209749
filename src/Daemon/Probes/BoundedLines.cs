using System.Text;

namespace Forewarn.Daemon.Probes;

/// <summary>Lines of a stream that may print without ever ending one: a longer line is cut, and what follows of it is passed over.</summary>
internal sealed class BoundedLines(Stream stream, int longest)
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly byte[] _line = new byte[longest];
    private int _at;
    private int _end;

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    public string? Next()
    {
        var length = 0;
        var isAny = false;
        while (TryFill())
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var newline = rest.IndexOf((byte)'\n');
            var part = newline < 0 ? rest : rest[..newline];
            var fits = Math.Min(part.Length, _line.Length - length);
            part[..fits].CopyTo(_line.AsSpan(length));
            (length, isAny) = (length + fits, true);
            _at += newline < 0 ? rest.Length : newline + 1;
            if (newline >= 0) return Text(length);
        }

        return isAny ? Text(length) : null;
    }

    /// <summary>Control characters of a library must not reach a terminal that shows the log.</summary>
    private string Text(int length)
        => string.Create(Encoding.UTF8.GetCharCount(_line, 0, length), (_line, length), static (characters, line) =>
        {
            Encoding.UTF8.GetChars(line._line.AsSpan(0, line.length), characters);
            foreach (ref var character in characters)
            {
                if (char.IsControl(character)) character = ' ';
            }
        }).TrimEnd();

    private bool TryFill()
    {
        if (_at < _end) return true;
        try
        {
            (_at, _end) = (0, stream.Read(_buffer));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return false;
        }

        return _end > 0;
    }
}

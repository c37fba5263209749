using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// The audit log's file: lines are only ever added, by a thread of its own behind a bounded queue, so that a disk that fails or hangs costs lines, which are counted, and never
/// holds up what they tell of.
/// </summary>
internal sealed partial class AuditLog : IAsyncDisposable
{
    // Own figures: a line is some 400 bytes, and no look does more than some hundred things; who ends waits as long for its last lines as for anything else.
    private const int Capacity = 1024;
    private const int MostKept = 4;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    // Owner and group: it names users and what was said of their jobs.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly string _path;
    private readonly long _most;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private FileStream? _file;
    private string? _trouble;
    private long _written;
    private long _lost;
    private int _isStale;

    /// <param name="path">The file.</param>
    /// <param name="most">At which size it is put aside; 0 for never.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes when it fails and when it goes on.</param>
    public AuditLog(string path, long most, TimeProvider time, ILogger logger)
    {
        (_path, _most, _time, _logger) = (path, most, time, logger);
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Lines that are in the file.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Lines that are not, and never will be.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Why lines are lost; null while none is.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Never waits.</summary>
    public void Add(string line)
    {
        if (_lines.Writer.TryWrite(line)) return;
        Interlocked.Increment(ref _lost);
        Say("the disk does not keep up");
    }

    /// <summary>The next line goes into the file of that name, even where somebody has put another in its place.</summary>
    public void Reopen() => Interlocked.Exchange(ref _isStale, 1);

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(LongestEnd, _time);
        }
        catch (TimeoutException)
        {
            // A disk that hangs: the process ends without it.
        }
    }

    private void Write()
    {
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_lines.Reader.TryRead(out var line)) WriteOne(line);
        }

        Close();
    }

    private void WriteOne(string line)
    {
        try
        {
            if (Interlocked.Exchange(ref _isStale, 0) == 1) Close();
            var bytes = Encoding.UTF8.GetBytes(line);
            if (_file is { Length: > 0 } full && _most > 0 && full.Length + bytes.Length > _most) PutAside();
            var file = _file ??= Open();
            file.Write(bytes);
            Interlocked.Increment(ref _written);
            if (Interlocked.Exchange(ref _trouble, null) is not null) Log.GoesOn(_logger, _path, Lost);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Interlocked.Increment(ref _lost);
            Close(); // the next line tries anew
            Say(refused.Message);
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        // No buffer: a line that was written is the kernel's, whatever becomes of us.
        return new(_path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, UnixCreateMode = Mode });
    }

    private void PutAside()
    {
        Close();
        for (var number = MostKept; number > 1; number--)
        {
            if (File.Exists(Aside(number - 1))) File.Move(Aside(number - 1), Aside(number), overwrite: true);
        }

        File.Move(_path, Aside(1), overwrite: true);
    }

    private string Aside(int number) => FormattableString.Invariant($"{_path}.{number}");

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written was counted.
        }

        _file = null;
    }

    private void Say(string why)
    {
        if (Interlocked.Exchange(ref _trouble, why) is null) Log.Fails(_logger, why, _path);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 412, Level = LogLevel.Error, Message = "the audit log is not written, and what it should have is lost: {Reason} [file `{File}`]")]
        public static partial void Fails(ILogger logger, string reason, string file);

        [LoggerMessage(EventId = 413, Level = LogLevel.Information, Message = "the audit log is written again [file `{File}` lost `{Lost}`]")]
        public static partial void GoesOn(ILogger logger, string file, long lost);
    }
}

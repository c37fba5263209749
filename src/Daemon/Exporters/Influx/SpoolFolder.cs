using Forewarn.Daemon.Files;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Batches on disk, a file each, whole or not there. What is damaged or none of ours is moved aside and named, never sent. The caller
/// counts the bytes and holds the bound.
/// </summary>
internal sealed partial class SpoolFolder(string path, DeliveryView meter, ILogger logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Enough to look into; a disk that damages more than these has told what it had to tell.
    private const int MostAside = 16;

    private readonly string _aside = Path.Join(path, "aside");
    private bool _refused;

    /// <summary>What the disk says when it does not do as it is told.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>What an earlier agent left, oldest first; null when that cannot be told now. The folder is made where it may be written to.</summary>
    public IReadOnlyList<SpoolFile>? Scan(bool mayWrite)
    {
        try
        {
            if (mayWrite) Directory.CreateDirectory(path, OwnerOnly);
            else if (!Directory.Exists(path)) return [];
            var files = new List<SpoolFile>();
            foreach (var file in new DirectoryInfo(path).EnumerateFiles().ToList())
            {
                if (Known(file) is { } known) files.Add(known);
            }

            files.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
            return files;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Refused(exception);
            return null;
        }
    }

    /// <summary>Null when the disk refuses; said once until it takes again.</summary>
    public SpoolFile? Write(long sequence, Batch batch)
    {
        var file = new SpoolFile(sequence, batch.Taken, batch.Points, batch.Packed.Length);
        var (draft, target) = (Path.Join(path, file.Name + SpoolFile.Draft), Path.Join(path, file.Name));
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                stream.Write(batch.Packed.Span);
                stream.Flush(flushToDisk: true); // else a power cut could leave the name and not the bytes; the other way round Scan mends it
            }

            DurableName.Move(draft, target);
            if (_refused) Log.Taken(logger, path);
            _refused = false;
            return file;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Delete(draft);
            Delete(target); // named, but not for good: it waits in memory now
            Refused(exception);
            return null;
        }
    }

    /// <summary>
    /// Null when it is damaged or gone; then it has been counted and named. Any other trouble of the disk is thrown, and the file stays as it
    /// is: too many open files, or a folder that is not there now, say nothing of the points in it.
    /// </summary>
    public Batch? Read(SpoolFile file)
    {
        try
        {
            var batch = new Batch(File.ReadAllBytes(Path.Join(path, file.Name)), file.Points, file.Taken);
            if (batch.Lines() is not null) return batch;
            SetAside(file.Name, file);
        }
        catch (FileNotFoundException)
        {
            meter.CountDropped(DropReason.SpoolDamaged, file.Points);
            Log.Gone(logger, file.Points, Path.Join(path, file.Name));
        }

        return null;
    }

    /// <summary>What could not be read again and again: kept beside, so that it does not hold the others. Throws when it cannot be moved either.</summary>
    public void GiveUp(SpoolFile file) => Lost(file, MoveAside(file.Name));

    public void Remove(SpoolFile file) => Delete(Path.Join(path, file.Name));

    private static SpoolFile? WasBeingWritten(string name) =>
        name.EndsWith(SpoolFile.Draft, StringComparison.Ordinal) ? SpoolFile.Of(name[..^SpoolFile.Draft.Length], 0) : null;

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Found again at the next start, and sent again: that counts nothing twice.
        }
    }

    // One file that gives trouble is no reason to leave the others.
    private SpoolFile? Known(FileInfo file)
    {
        try
        {
            if (SpoolFile.Of(file.Name, file.Length) is { } known) return known;
            if (WasBeingWritten(file.Name) is { } ours) return Finished(file.Name, ours);
            SetAside(file.Name, null);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Log.Left(logger, exception.Message, file.FullName);
        }

        return null;
    }

    // The power went after the bytes and before the name: what is whole gets its name now.
    private SpoolFile? Finished(string draft, SpoolFile ours)
    {
        var batch = new Batch(File.ReadAllBytes(Path.Join(path, draft)), ours.Points, ours.Taken);
        if (batch.Lines() is null)
        {
            meter.CountTaken(ours.Points); // and lost in the same breath: the caller never sees it
            SetAside(draft, ours);
            return null;
        }

        DurableName.Move(Path.Join(path, draft), Path.Join(path, ours.Name));
        return ours with { Bytes = batch.Packed.Length };
    }

    private void SetAside(string name, SpoolFile? ours)
    {
        var target = Path.Join(path, name);
        try
        {
            target = MoveAside(name);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            Log.Left(logger, exception.Message, target);
        }

        if (ours is not null) Lost(ours, target);
        else if (!File.Exists(Path.Join(path, name))) Log.Foreign(logger, target);
    }

    private string MoveAside(string name)
    {
        var target = Path.Join(_aside, name);
        Directory.CreateDirectory(_aside, OwnerOnly);
        File.Move(Path.Join(path, name), target, overwrite: true);
        var damaged = Directory.EnumerateFiles(_aside).Where(file => IsOurs(Path.GetFileName(file))).Order(StringComparer.Ordinal).ToList();
        foreach (var old in damaged.SkipLast(MostAside)) Delete(old);
        return target;
    }

    private void Lost(SpoolFile ours, string where)
    {
        meter.CountDropped(DropReason.SpoolDamaged, ours.Points);
        Log.Damaged(logger, ours.Points, where);
    }

    private static bool IsOurs(string name) => SpoolFile.Of(name, 0) is not null || WasBeingWritten(name) is not null;

    private void Refused(Exception exception)
    {
        if (!_refused) Log.Refused(logger, exception.Message, path);
        _refused = true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 320, Level = LogLevel.Error, Message = "the spool cannot be used, points wait in memory alone: {Reason} [directory `{Directory}`]")]
        public static partial void Refused(ILogger logger, string reason, string directory);

        [LoggerMessage(EventId = 321, Level = LogLevel.Information, Message = "the spool can be used again [directory `{Directory}`]")]
        public static partial void Taken(ILogger logger, string directory);

        [LoggerMessage(EventId = 322, Level = LogLevel.Error, Message = "a damaged file was moved aside, its {Points} points are lost [file `{File}`]")]
        public static partial void Damaged(ILogger logger, int points, string file);

        [LoggerMessage(EventId = 323, Level = LogLevel.Warning, Message = "a file that is none of ours was moved aside [file `{File}`]")]
        public static partial void Foreign(ILogger logger, string file);

        [LoggerMessage(EventId = 325, Level = LogLevel.Warning, Message = "a file of the spool is left where it is: {Reason} [file `{File}`]")]
        public static partial void Left(ILogger logger, string reason, string file);

        [LoggerMessage(EventId = 324, Level = LogLevel.Error, Message = "a file of the spool is gone, and its {Points} points with it [file `{File}`]")]
        public static partial void Gone(ILogger logger, int points, string file);
    }
}

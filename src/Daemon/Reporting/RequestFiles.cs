using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Reporting;

/// <summary>
/// Puts down for each job what it is asked for, as <c>jobs/ID/request</c> in the runtime directory, and takes it away when it is asked no more. That
/// is all that an agent ever does to a node's work: it signals nobody.
/// </summary>
internal sealed partial class RequestFiles(string runtimeDirectory, ReportingView meter, ILogger logger)
{
    private const string FileName = "request";

    private const string DraftName = ".new";

    private const UnixFileMode OwnerWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode AllEnter = OwnerWrites | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _folder = Path.Join(runtimeDirectory, "jobs");
    private bool _isRefusalTold;

    /// <summary>The jobs for which one lies, in the order of their names.</summary>
    public ImmutableArray<string> Jobs { get; private set; } = [];

    /// <summary>Makes the folder what the controller says: orders are whole each time.</summary>
    public void Apply(ImmutableArray<CheckpointOrder> orders)
    {
        var wanted = new SortedDictionary<string, CheckpointOrder>(StringComparer.Ordinal);
        foreach (var order in orders)
        {
            if (RequestText.IsJob(order.Job)) wanted[order.Job] = order;
            else Refuse("it is not for the number of a job", order.Job);
        }

        RemoveOthers(wanted.Keys);
        Jobs = [.. wanted.Where(one => IsWritten(one.Value)).Select(one => one.Key)];
        meter.Requests = Jobs.Length;
    }

    private bool IsWritten(CheckpointOrder order)
    {
        try
        {
            var folder = Path.Join(_folder, order.Job);
            var (file, text) = (Path.Join(folder, FileName), RequestText.Of(order));
            if (File.Exists(file) && File.ReadAllText(file) == text) return true;
            // The unit's UMask= would hide them from the job.
            File.SetUnixFileMode(Directory.CreateDirectory(_folder).FullName, AllEnter);
            File.SetUnixFileMode(Directory.CreateDirectory(folder).FullName, AllEnter);
            var draft = Path.Join(folder, DraftName);
            File.WriteAllText(draft, text);
            File.SetUnixFileMode(draft, OwnerWrites);
            File.Move(draft, file, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse(exception.Message, order.Job);
            return false;
        }
    }

    private void RemoveOthers(SortedDictionary<string, CheckpointOrder>.KeyCollection wanted)
    {
        try
        {
            if (!Directory.Exists(_folder)) return;
            foreach (var folder in Directory.GetDirectories(_folder))
            {
                var job = Path.GetFileName(folder);
                if (!RequestText.IsJob(job) || wanted.Contains(job)) continue;
                File.Delete(Path.Join(folder, FileName));
                File.Delete(Path.Join(folder, DraftName));
                // Not what somebody else put there.
                if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse(exception.Message, _folder);
        }
    }

    private void Refuse(string reason, string what)
    {
        meter.CountRefusedOrder();
        if (!_isRefusalTold) Log.Refused(logger, reason, what); // once: it comes again with every reply
        _isRefusalTold = true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 345, Level = LogLevel.Error, Message = "a request for a checkpoint could not be put down, or not taken away, and those to come are no more told of: {Reason} [job `{Job}`]")]
        public static partial void Refused(ILogger logger, string reason, string job);
    }
}

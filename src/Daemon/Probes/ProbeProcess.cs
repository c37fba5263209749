using System.Diagnostics;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// One child process that uses a vendor library, seen from the agent: its frames are pumped by a thread of its own, its stderr drained by
/// another. It may never be possible to reap it; then these two threads wait with it.
/// </summary>
internal sealed class ProbeProcess : IDisposable
{
    private const int PumpStack = 256 * 1024;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly CallSlots _slots;
    private readonly string _slotPath;
    private readonly TimeProvider _time;
    private Thread? _pump;
    private long? _exitSeen;
    private long _lastFrame;
    private uint _begunBefore;

    private ProbeProcess(Process process, CallSlots slots, ProbeSettings settings, TimeProvider time)
    {
        (_process, _slots, _slotPath, _time, Settings) = (process, slots, settings.Slots, time, settings);
        Started = time.GetTimestamp();
        _lastFrame = Started;
        Pid = process.Id;
    }

    public ProbeSettings Settings { get; }

    public int Pid { get; }

    /// <summary>Monotonic timestamp of its start.</summary>
    public long Started { get; }

    /// <summary>True once its frames are not believed any more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>What the probe said of its heap at the end of its last sweep.</summary>
    public (long AllocatedBytes, int Collections) Heap { get; private set; }

    /// <summary>Why it cannot use library or driver; null while it did not say so.</summary>
    public (NoDataReason Reason, string Detail)? Refusal { get; set; }

    /// <summary>True after its first complete fast sweep.</summary>
    public bool HasSwept { get; private set; }

    /// <summary>True after its first complete slow sweep.</summary>
    public bool HasSweptSlowly { get; private set; }

    public static ProbeProcess Start(ProbeLaunch launch, ProbeSettings settings, Func<ProbeProcess, IFrameSink> sink, StderrLog stderr, TimeProvider time)
    {
        var slots = CallSlots.Create(settings.Slots);
        var start = new ProcessStartInfo(launch.Executable, settings.ToArguments())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        launch.Apply(start.Environment);
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("no process was started");
            var probe = new ProbeProcess(process, slots, settings, time);
            var pump = new FramePump(process.StandardOutput.BaseStream, settings.Generation, sink(probe));
            // Read here: a probe that ends at once may have been let go of before the thread begins.
            var (errors, id) = (process.StandardError.BaseStream, process.Id);
            probe._pump = new Thread(pump.Run, PumpStack) { IsBackground = true, Name = $"frames {settings.Generation}" };
            probe._pump.Start();
            new Thread(() => stderr.Drain(errors, settings.Source, id), PumpStack) { IsBackground = true, Name = $"stderr {settings.Generation}" }.Start();
            return probe;
        }
        catch
        {
            slots.Dispose();
            DeleteSlots(settings.Slots);
            throw;
        }
    }

    /// <summary>Notes a sign of life.</summary>
    public void Heard() => Volatile.Write(ref _lastFrame, _time.GetTimestamp());

    public void Swept(SampleGroup group, long allocatedBytes, int collections)
    {
        Heap = (allocatedBytes, collections);
        if (group == SampleGroup.Fast) HasSwept = true;
        else HasSweptSlowly = true;
    }

    /// <summary>
    /// Looks at its fast lane, and says how long that was in no call, began none since the last look, and no frame came. Time in a call does
    /// not count: that has a deadline of its own.
    /// </summary>
    public TimeSpan MeasureSilence()
    {
        var (begun, isInCall) = _slots.Progress(ProbeLane.Fast);
        if (isInCall || begun != _begunBefore) Heard();
        _begunBefore = begun;
        return _time.GetElapsedTime(Volatile.Read(ref _lastFrame));
    }

    /// <summary>How it ended; null while it runs or cannot be reaped.</summary>
    public ProbeEnd? End => _process.HasExited && IsDrained ? new ProbeEnd(_process.ExitCode) : null;

    /// <summary>Its last words may still stand in the pipe; a child of the library's own could hold that open, so not for ever.</summary>
    private bool IsDrained
    {
        get
        {
            if (_pump is not { IsAlive: true }) return true;
            _exitSeen ??= _time.GetTimestamp();
            return _time.GetElapsedTime(_exitSeen.Value) > LongestDrain;
        }
    }

    /// <summary>The calls that its lanes are in, or were in when it ended.</summary>
    public IReadOnlyList<CallInFlight> CallsInFlight()
        => [.. Enum.GetValues<ProbeLane>().Select(_slots.Read).OfType<CallInFlight>()];

    /// <summary>The first call that is past its deadline; null when there is none.</summary>
    public CallInFlight? Overdue() => _slots.Overdue(_time);

    /// <summary>How long until a call that is in flight now passes its deadline; at least a millisecond.</summary>
    public TimeSpan UntilOverdue() => _slots.UntilOverdue(_time);

    /// <summary>Asks it to end: it watches its standard input.</summary>
    public void Stop()
    {
        IsRetired = true;
        _process.StandardInput.Close();
    }

    /// <summary>Ends it, as far as the kernel can: a process in D state stays.</summary>
    public void Kill()
    {
        IsRetired = true;
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>Ends it as the agent itself ends: nobody will look after it any more.</summary>
    public void Abandon()
    {
        Kill();
        DeleteSlots(_slotPath);
    }

    /// <summary>Lets go of what belongs to it; only after it has ended.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _slots.Dispose();
        DeleteSlots(_slotPath);
    }

    /// <summary>Mappings outlive the name. A directory that somebody removed is no reason to fall.</summary>
    private static void DeleteSlots(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it: each probe has a file name of its own.
        }
    }
}

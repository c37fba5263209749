using System.Collections.Immutable;
using System.Text;
using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Host;

/// <summary>
/// Reads from time to time what concerns the node and not a device: processes that stand still, services and modules that devices need, the wall
/// clock. The timer is set anew when a turn is over, so that no two overlap, and a turn that hangs in procfs holds nobody else.
/// </summary>
internal sealed class HostSampler(NodeView view, IReadOnlyList<HostWatch> watches, TimeProvider time) : IDisposable
{
    /// <summary>Five looks at a process that stands still are then a minute.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(12);

    // What hardware is there and what is configured changes seldom: every ten minutes.
    private const int LookAtNeedEvery = 50;

    // Less than that is the clock being slewed, and the time between two calls.
    private static readonly TimeSpan Steady = TimeSpan.FromMilliseconds(100);

    private readonly ProcessLook _processes = new(view.Node.Root, watches.SelectMany(watch => watch.ProcessPrefixes));
    private readonly ImmutableArray<PartLook> _parts = [.. watches.SelectMany(watch => watch.Parts).Select(part => new PartLook(part))];
    private readonly byte[] _modules = new byte[64 * 1024]; // a line is near 100 bytes, a node has a few hundred
    private ITimer? _timer;
    private int _turn;
    private (DateTimeOffset Wall, long Steady)? _clocks;
    private (TimeSpan By, DateTimeOffset At) _jump;

    public void Start() => _timer = time.CreateTimer(_ => Turn(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer?.Dispose();

    /// <summary>Reads all once.</summary>
    public HostReadings Read()
    {
        var now = time.GetUtcNow();
        Compare(now);
        foreach (var part in _parts) part.Begin(view.Node.Root, _turn % LookAtNeedEvery == 0);
        _turn++;
        _processes.Turn(name =>
        {
            foreach (var part in _parts) part.SeeProcess(name);
        });
        var hasModules = ProcModules.TryRead(view.Node.Root, _modules, out var modules);
        if (hasModules) SeeModules(modules);
        return new HostReadings
        {
            Read = now,
            Processes = _processes.Count,
            Blocked = _processes.Blocked,
            StuckProcesses = _processes.Stuck,
            StuckOfDriver = _processes.StuckOfDriver,
            StuckExample = _processes.Example,
            ClockJump = _jump.By,
            ClockJumped = _jump.At,
            Parts = [.. _parts.Select(part => part.Result(_processes.Count >= 0, hasModules))],
        };
    }

    private void Turn()
    {
        view.Host = Read();
        _timer?.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private void Compare(DateTimeOffset wall)
    {
        var steady = time.GetTimestamp();
        if (_clocks is { } before)
        {
            var jump = wall - before.Wall - time.GetElapsedTime(before.Steady, steady);
            if (jump.Duration() > Steady) _jump = (jump, wall);
        }

        _clocks = (wall, steady);
    }

    /// <summary>A line begins with the module's name.</summary>
    private void SeeModules(ReadOnlySpan<byte> text)
    {
        foreach (var line in text.Split((byte)'\n'))
        {
            var module = text[line];
            var space = module.IndexOf((byte)' ');
            if (space <= 0) continue;
            foreach (var part in _parts) part.SeeModule(module[..space]);
        }
    }

    /// <summary>One part during a turn.</summary>
    private sealed class PartLook(HostPartWatch watch)
    {
        private readonly byte[][] _processes = [.. watch.Processes.Select(Encoding.ASCII.GetBytes)];
        private readonly byte[][] _modules = [.. watch.Modules.Select(Encoding.ASCII.GetBytes)];
        private bool _isNeeded;
        private bool _isThere;
        private HostPart? _told;

        public void Begin(string root, bool lookAtNeed)
        {
            _isThere = false;
            if (lookAtNeed) _isNeeded = watch.IsNeeded(root);
        }

        public void SeeProcess(ReadOnlySpan<byte> name) => _isThere |= IsAmong(_processes, name);

        public void SeeModule(ReadOnlySpan<byte> name) => _isThere |= IsAmong(_modules, name);

        /// <summary>The same as before when nothing changed.</summary>
        public HostPart Result(bool hasProcesses, bool hasModules)
        {
            bool? isThere = _isThere ? true : (_processes.Length > 0 ? hasProcesses : hasModules) ? false : null;
            if (_told is null || _told.IsNeeded != _isNeeded || _told.IsThere != isThere) _told = new HostPart(watch.Kind, watch.Name, _isNeeded, isThere);
            return _told;
        }

        private static bool IsAmong(byte[][] names, ReadOnlySpan<byte> name)
        {
            foreach (var known in names)
            {
                if (name.SequenceEqual(known)) return true;
            }

            return false;
        }
    }
}

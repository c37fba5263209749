using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// Decides which probes of one source should run. Pure: it is told what happened and at which monotonic time, and answers with orders;
/// <see cref="SourceHost"/> carries them out.
/// </summary>
internal sealed class ProbeSupervisor
{
    /// <summary>So many probes that cannot be reaped, and no more are started: each further one would most likely stay in the kernel too.</summary>
    public const int MostAbandoned = 3;

    private static readonly TimeSpan FirstReopen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestReopen = TimeSpan.FromSeconds(30);

    private readonly RestartPolicy _restarts = new();
    private readonly Dictionary<string, Suspect> _suspects = [];
    private readonly Dictionary<string, Suspect> _cleared = [];
    private TimeSpan _mainDue = TimeSpan.Zero;
    private TimeSpan _mainStarted;
    private bool _mainRuns;
    private bool _mainSwept;
    private int _reopens;
    private (NoDataReason Reason, string Detail)? _unavailable;

    public Dictionary<string, Suspect> Suspects => _suspects;

    /// <summary>How long a suspect must measure well alone; follows the settings.</summary>
    public required TimeSpan Probation { get; set; }

    public bool IsReleased { get; private set; }

    /// <summary>What the source is doing, with its cause.</summary>
    public (SourceState State, NoDataReason Reason, string Detail) State { get; private set; } = (SourceState.Starting, NoDataReason.None, "starting");

    public void Started(string? only, TimeSpan now)
    {
        if (only is not null)
        {
            _suspects[only].IsTried = true;
            return;
        }

        (_mainRuns, _mainSwept, _mainStarted) = (true, false, now);
        if (State.State != SourceState.Unavailable && State.State != SourceState.Held) State = (SourceState.Starting, NoDataReason.None, "starting");
    }

    /// <summary>A probe completed a sweep of its devices.</summary>
    public void Swept(string? only, TimeSpan now)
    {
        if (only is not null)
        {
            if (_suspects.TryGetValue(only, out var suspect)) suspect.MeasuredSince ??= now;
            return;
        }

        if (now - _mainStarted >= RestartPolicy.SteadyLife) _restarts.Settled();
        if (_mainSwept) return;
        (_mainSwept, _unavailable) = (true, null);
        State = (SourceState.Running, NoDataReason.None, "");
    }

    /// <summary>The main or a solo probe said that library or driver cannot be used; its end follows.</summary>
    public void CannotOpen(NoDataReason reason, string detail) => _unavailable = (reason, detail);

    /// <summary>A call passed its deadline and the probe was killed. A call of no single device is the library's own fault.</summary>
    public void Stuck(string? only, CallInFlight? call, TimeSpan now)
    {
        var what = call is null ? "the probe made no progress" : $"call '{call.Call}' did not return within {call.Deadline.TotalSeconds:0.###} s";
        if (call is not null && call.Device != "-") Suspect(call.Device, what, stalled: true, now);
        ProbeGone(only, call is null || call.Device == "-" ? what : null, now);
    }

    /// <summary>A probe ended that nobody had asked to.</summary>
    public void Ended(string? only, ProbeEnd end, IReadOnlyList<CallInFlight> calls, TimeSpan now)
    {
        if (only is null && end.Signal == 0 && Reopens((ProbeExit)end.Code, now)) return;
        var blamed = false;
        foreach (var call in calls.Where(call => end.IsCrash && call.Device != "-"))
        {
            Suspect(call.Device, $"the probe died with {end.Name} in call '{call.Call}'", stalled: false, now);
            blamed = true;
        }

        ProbeGone(only, blamed ? null : $"the probe died with {end.Name}", now);
    }

    public void Release(TimeSpan now)
    {
        IsReleased = true;
        MainGone(now);
        _suspects.Clear();
        State = (SourceState.Released, NoDataReason.SourceStopped, "released by an operator; 'forewarn resume' brings it back");
    }

    /// <summary>Every probe is replaced, because its settings changed; no failure.</summary>
    public void Restart(TimeSpan now)
    {
        MainGone(now);
        _suspects.Clear();
    }

    /// <summary>Ends a release, or a hold before its time; a running source goes on as it is.</summary>
    public void Resume(TimeSpan now)
    {
        if (_mainRuns) return;
        if (IsReleased) State = (SourceState.Starting, NoDataReason.None, "starting");
        (IsReleased, _mainDue) = (false, now);
    }

    /// <summary>What is due now.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="unreaped">PCI address, or "-", that each probe which cannot be reaped was last working on.</param>
    /// <param name="orders">Filled with what to do.</param>
    public void Decide(TimeSpan now, IReadOnlyCollection<string> unreaped, List<ProbeOrder> orders)
    {
        if (IsReleased) return;
        var tooMany = unreaped.Count >= MostAbandoned;
        if (!_mainRuns && now >= _mainDue)
        {
            if (tooMany) State = (SourceState.Held, NoDataReason.Stalled, $"{unreaped.Count} ended probes hang in the kernel; waiting for one to be let go");
            else orders.Add(new ProbeOrder.Start(null, [.. _suspects.Keys]));
        }

        if (_suspects.Count == 0 || !_mainSwept) return;
        if (tooMany || TryRejoin(now, orders)) return; // letting one back in ends the main probe: not while no other may be started
        foreach (var suspect in _suspects.Values)
        {
            if (!suspect.IsTried && now >= suspect.Due && !unreaped.Contains(suspect.PciAddress)) orders.Add(new ProbeOrder.Start(suspect.PciAddress, []));
        }
    }

    /// <summary>Lets devices that measured well on their own go back to the others: the main probe is replaced by one that has them too.</summary>
    private bool TryRejoin(TimeSpan now, List<ProbeOrder> orders)
    {
        var rejoining = _suspects.Values.Where(suspect => suspect.HasServed(Probation, now)).ToList();
        if (rejoining.Count == 0) return false;
        foreach (var suspect in rejoining)
        {
            orders.Add(new ProbeOrder.Stop(suspect.PciAddress));
            _suspects.Remove(suspect.PciAddress);
            suspect.Cleared = now;
            _cleared[suspect.PciAddress] = suspect;
        }

        orders.Add(new ProbeOrder.Stop(null));
        MainGone(now);
        orders.Add(new ProbeOrder.Start(null, [.. _suspects.Keys]));
        return true;
    }

    private void MainGone(TimeSpan due) => (_mainRuns, _mainSwept, _mainDue) = (false, false, due);

    private void Suspect(string pciAddress, string what, bool stalled, TimeSpan now)
    {
        if (_suspects.TryGetValue(pciAddress, out var known)) known.Again(what, stalled, now);
        else if (_cleared.Remove(pciAddress, out var relapsed) && now - relapsed.Cleared < Probes.Suspect.Memory) (_suspects[pciAddress] = relapsed).Again(what, stalled, now);
        else _suspects[pciAddress] = new Suspect(pciAddress, what, stalled, now);
    }

    /// <summary>A probe is gone. With a device to blame the next one starts at once, without it.</summary>
    private void ProbeGone(string? only, string? unexplained, TimeSpan now)
    {
        if (only is not null)
        {
            if (unexplained is not null && _suspects.TryGetValue(only, out var suspect)) suspect.TryLater(now);
            return;
        }

        MainGone(now);
        if (unexplained is null)
        {
            // Each such death leaves one device fewer to try, so it can go on only as often as there are devices.
            State = (SourceState.Restarting, NoDataReason.SourceStopped, "restarting without the device that failed");
            return;
        }

        var delay = _restarts.AfterDeath(now, now - _mainStarted);
        MainGone(now + delay);
        State = _restarts.IsHolding
            ? (SourceState.Held, NoDataReason.SourceStopped, $"{unexplained}, again and again; held for {delay.TotalSeconds:0} s")
            : (SourceState.Restarting, NoDataReason.SourceStopped, unexplained);
    }

    /// <summary>The first time at once, then with back-off until a probe has lived long.</summary>
    private TimeSpan ReopenDelay()
    {
        var delay = _reopens == 0 ? TimeSpan.Zero : RestartPolicy.Doubled(FirstReopen, _reopens - 1, LongestReopen);
        _reopens++;
        return delay;
    }

    /// <summary>True for an end by which the probe asks for a new one; that is no failure of the probe.</summary>
    private bool Reopens(ProbeExit exit, TimeSpan now)
    {
        if (now - _mainStarted >= LongestReopen) _reopens = 0;
        switch (exit)
        {
            case ProbeExit.InventoryChanged:
                MainGone(now + ReopenDelay());
                return true;
            case ProbeExit.DriverGone:
                MainGone(now + ReopenDelay());
                State = (SourceState.Unavailable, NoDataReason.DriverNotLoaded, "the driver has gone or was replaced");
                return true;
            case ProbeExit.Unavailable:
                var (reason, detail) = _unavailable ?? (NoDataReason.Invalid, "the library cannot be used");
                _reopens = Math.Max(_reopens, 1); // a look at a library that is not there is no success: never at once
                MainGone(now + ReopenDelay());
                State = (SourceState.Unavailable, reason, detail);
                return true;
            default:
                return false;
        }
    }
}

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

    /// <summary>For how long a device that came back is remembered; own choice, well beyond the longest wait between two trials.</summary>
    private static readonly TimeSpan LongestGrudge = TimeSpan.FromHours(1);

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
        (_mainSwept, _reopens, _unavailable) = (true, 0, null);
        State = (SourceState.Running, NoDataReason.None, "");
    }

    /// <summary>The main or a solo probe said that library or driver cannot be used; its end follows.</summary>
    public void CannotOpen(NoDataReason reason, string detail) => _unavailable = (reason, detail);

    /// <summary>A call passed its deadline and the probe was killed. A call of no single device is the library's own fault.</summary>
    public void Stuck(string? only, CallInFlight? call, TimeSpan now)
    {
        var what = call is null ? "the probe made no progress" : $"call '{call.Call}' did not return within {call.Deadline.TotalSeconds:0.###} s";
        if (call is not null && call.Device != "-") Suspect(call.Device, what, stalled: true, now);
        Lost(only, call is null || call.Device == "-" ? what : null, now);
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

        Lost(only, blamed ? null : $"the probe died with {end.Name}", now);
    }

    public void Release(TimeSpan now)
    {
        IsReleased = true;
        _mainDue = now;
        _mainRuns = false;
        _suspects.Clear();
        State = (SourceState.Released, NoDataReason.SourceStopped, "released by an operator; 'forewarn resume' brings it back");
    }

    /// <summary>Every probe is replaced, because its settings changed; no failure.</summary>
    public void Restart(TimeSpan now)
    {
        (_mainRuns, _mainDue) = (false, now);
        _suspects.Clear();
    }

    /// <summary>Ends a release, or a wait before the next trial; a source that runs goes on as it does.</summary>
    public void Resume(TimeSpan now)
    {
        IsReleased = false;
        if (_mainRuns) return;
        _mainDue = now;
        State = (SourceState.Starting, NoDataReason.None, "starting");
    }

    /// <summary>What is due now.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="unreaped">PCI address, or "-", that each probe which cannot be reaped was last working on.</param>
    /// <param name="orders">Filled with what to do.</param>
    public void Decide(TimeSpan now, IReadOnlyCollection<string> unreaped, List<ProbeOrder> orders)
    {
        if (IsReleased) return;
        var tooMany = unreaped.Count >= MostAbandoned;
        if (!tooMany) Rejoin(now, orders);
        if (!_mainRuns && now >= _mainDue)
        {
            if (tooMany) State = (SourceState.Held, NoDataReason.Stalled, $"{unreaped.Count} ended probes hang in the kernel; waiting for one to be let go");
            else orders.Add(new ProbeOrder.Start(null, [.. _suspects.Keys]));
        }

        if (tooMany || !_mainRuns || !_mainSwept) return;
        foreach (var suspect in _suspects.Values)
        {
            if (!suspect.IsTried && now >= suspect.Due && !unreaped.Contains(suspect.PciAddress)) orders.Add(new ProbeOrder.Start(suspect.PciAddress, []));
        }
    }

    /// <summary>Lets devices that measured well on their own go back to the others: the main probe is replaced by one that has them too.</summary>
    private void Rejoin(TimeSpan now, List<ProbeOrder> orders)
    {
        var isAny = false;
        foreach (var (place, suspect) in _suspects) // removing while going through is allowed
        {
            if (!suspect.HasServedProbation(now)) continue;
            orders.Add(new ProbeOrder.Stop(place));
            _suspects.Remove(place);
            _cleared[place] = suspect;
            suspect.Forgiven = now;
            isAny = true;
        }

        if (!isAny || !_mainRuns) return; // one that does not run, or waits, has them when it is started
        orders.Add(new ProbeOrder.Stop(null));
        (_mainRuns, _mainDue) = (false, now);
    }

    private void Suspect(string pciAddress, string what, bool stalled, TimeSpan now)
    {
        if (_suspects.TryGetValue(pciAddress, out var known)) known.Again(what, stalled, now);
        else if (_cleared.Remove(pciAddress, out var relapsed) && now - relapsed.Forgiven < LongestGrudge) (_suspects[pciAddress] = relapsed).Again(what, stalled, now);
        else _suspects[pciAddress] = new Suspect(pciAddress, what, stalled, now);
    }

    /// <summary>A probe is gone. With a device to blame the next one starts at once, without it.</summary>
    private void Lost(string? only, string? unexplained, TimeSpan now)
    {
        if (only is not null)
        {
            if (unexplained is not null && _suspects.TryGetValue(only, out var suspect)) suspect.TryLater(now);
            return;
        }

        var delay = _restarts.AfterDeath(now, now - _mainStarted);
        _mainRuns = false;
        _mainDue = now + (unexplained is null && !_restarts.IsHolding ? TimeSpan.Zero : delay);
        State = _restarts.IsHolding
            ? (SourceState.Held, NoDataReason.SourceStopped,
                $"{unexplained ?? "devices fail one after the other"}, again and again; held for {delay.TotalSeconds:0} s")
            : (SourceState.Restarting, NoDataReason.SourceStopped, unexplained ?? "restarting without the device that failed");
    }

    /// <summary>A probe that asks for the next one as soon as it is there must not make them spin.</summary>
    private TimeSpan AtOnceUnlessYoung(TimeSpan now) => now - _mainStarted < RestartPolicy.SteadyLife ? now + FirstReopen : now;

    /// <summary>True for an end by which the probe asks for a new one; that is no failure of the probe.</summary>
    private bool Reopens(ProbeExit exit, TimeSpan now)
    {
        switch (exit)
        {
            case ProbeExit.InventoryChanged:
                (_mainRuns, _mainDue) = (false, AtOnceUnlessYoung(now));
                return true;
            case ProbeExit.DriverGone:
                (_mainRuns, _mainDue) = (false, AtOnceUnlessYoung(now));
                State = (SourceState.Unavailable, NoDataReason.DriverNotLoaded, "the driver has gone or was replaced");
                return true;
            case ProbeExit.Unavailable:
                var (reason, detail) = _unavailable ?? (NoDataReason.Invalid, "the library cannot be used");
                (_mainRuns, _mainDue) = (false, now + RestartPolicy.Doubled(FirstReopen, _reopens++, LongestReopen));
                State = (SourceState.Unavailable, reason, detail);
                return true;
            default:
                return false;
        }
    }
}

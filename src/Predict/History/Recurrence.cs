using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// Which processes one kind of error hit, and where in the chip, burst by burst: what stays with the device while processes change is the device's.
/// Remembers the eight newest of each; allocates only for errors that name a process or a place.
/// </summary>
public sealed class Recurrence
{
    // Own figure: twice of anything is what rules ask for; the rest is for the evidence.
    private const int Most = 8;

    // NVSentinel, health-events-analyzer: a burst ends three minutes after its last error.
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(3);

    // Own figure: `GPC 7, TPC 7, SM 0` has 18 characters.
    private const int MostPlace = 64;

    private (int Pid, DateTimeOffset At)[]? _processes;
    private (string Place, int Bursts, int LastBurst, DateTimeOffset At)[]? _places;
    private DateTimeOffset _last;
    private int _burst;
    private bool _hasProcess;

    /// <summary>Takes one error. A burst counts for one process and, at each place, once.</summary>
    /// <param name="detail">Whom it hit, and where.</param>
    /// <param name="last">When, on the judging clock: bursts are told apart by it.</param>
    /// <param name="now">The same on the device's watched clock: what is asked for since then is asked on it.</param>
    public void Take(EventDetail detail, DateTimeOffset last, DateTimeOffset now)
    {
        if (_burst == 0 || last - _last > Gap) (_burst, _hasProcess) = (_burst + 1, false);
        _last = last;
        if (detail.Pid > 0 && !_hasProcess) TakeProcess(detail.Pid, now);
        if (detail.Place.Length > 0) TakePlace(detail.Place, now);
    }

    /// <summary>How many processes it hit since then, each in a burst of its own.</summary>
    public int Processes(DateTimeOffset since)
    {
        var count = 0;
        if (_processes is null) return 0;
        foreach (var (pid, at) in _processes) count += pid > 0 && at >= since ? 1 : 0;
        return count;
    }

    /// <summary>How many bursts hit the place that was hit most, since then.</summary>
    public int AtOnePlace(DateTimeOffset since, out string place)
    {
        (place, var most) = ("", 0);
        if (_places is null) return 0;
        foreach (var seen in _places)
        {
            if (seen.At >= since && seen.Bursts > most) (place, most) = (seen.Place, seen.Bursts);
        }

        return most;
    }

    /// <summary>The same on a watched clock that is so much ahead.</summary>
    internal Recurrence Shifted(TimeSpan by)
    {
        var shifted = new Recurrence { _last = _last, _burst = _burst, _hasProcess = _hasProcess };
        if (_processes is not null) shifted._processes = Array.ConvertAll(_processes, one => one.Pid > 0 ? (one.Pid, one.At + by) : one);
        if (_places is not null) shifted._places = Array.ConvertAll(_places, one => one.Bursts > 0 ? (one.Place, one.Bursts, one.LastBurst, one.At + by) : one);
        return shifted;
    }

    /// <summary>Writes it.</summary>
    internal void Save(MemoryWriter memory)
    {
        memory.Time(_last);
        memory.Number(_burst);
        memory.Flag(_hasProcess);
        var processes = (_processes ?? []).Where(process => process.Pid > 0).ToList();
        memory.Number(processes.Count);
        foreach (var (pid, at) in processes)
        {
            memory.Number(pid);
            memory.Time(at);
        }

        var places = (_places ?? []).Where(place => place.Bursts > 0).ToList();
        memory.Number(places.Count);
        foreach (var (place, bursts, lastBurst, at) in places)
        {
            memory.Text(place, MostPlace);
            memory.Number(bursts);
            memory.Number(lastBurst);
            memory.Time(at);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal static Recurrence Load(ref MemoryReader memory)
    {
        var read = new Recurrence { _last = memory.Time(), _burst = (int)memory.Whole(), _hasProcess = memory.Flag() };
        var processes = memory.Count();
        if (processes > Most) memory.Tear();
        for (var i = 0; i < processes && !memory.IsTorn; i++) (read._processes ??= new (int, DateTimeOffset)[Most])[i] = ((int)memory.Whole(), memory.Time());
        var places = memory.IsTorn ? 0 : memory.Count();
        if (places > Most) memory.Tear();
        for (var i = 0; i < places && !memory.IsTorn; i++)
            (read._places ??= new (string, int, int, DateTimeOffset)[Most])[i] = (memory.Text(), (int)memory.Whole(), (int)memory.Whole(), memory.Time());
        return read;
    }

    private void TakeProcess(int pid, DateTimeOffset now)
    {
        _processes ??= new (int, DateTimeOffset)[Most];
        _hasProcess = true;
        var slot = 0;
        for (var i = 0; i < Most; i++)
        {
            if (_processes[i].Pid == pid)
            {
                slot = i;
                break;
            }

            if (_processes[i].At < _processes[slot].At) slot = i;
        }

        _processes[slot] = (pid, now);
    }

    private void TakePlace(string place, DateTimeOffset now)
    {
        _places ??= new (string, int, int, DateTimeOffset)[Most];
        var slot = 0;
        for (var i = 0; i < Most; i++)
        {
            if (_places[i].Place == place)
            {
                ref var known = ref _places[i];
                if (known.LastBurst != _burst) known.Bursts++;
                (known.LastBurst, known.At) = (_burst, now);
                return;
            }

            if (_places[i].At < _places[slot].At) slot = i;
        }

        _places[slot] = (place, 1, _burst, now);
    }
}

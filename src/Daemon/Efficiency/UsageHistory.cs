using System.Text.Json;

namespace Forewarn.Daemon.Efficiency;

/// <summary>
/// The sums of the last hour by minutes and of the last day by hours: 84 buckets of 64 bytes, 5.3 KiB in all. Written by one thread and read by
/// others. Times are seconds of the <see cref="SteadyClock"/>.
/// </summary>
internal sealed class UsageHistory
{
    private readonly Lock _gate = new();
    private readonly BucketRing _minutes = new(60, 60);
    private readonly BucketRing _hours = new(24, 3600);
    private UsageSums _total;

    /// <summary>Since the agent started: what was restored does not count, so that it only grows from zero.</summary>
    public UsageSums Total
    {
        get { lock (_gate) return _total; }
    }

    /// <summary>Takes what was done between two times; each minute gets its part of it. Allocates nothing.</summary>
    public void Add(in UsageSums sums, double from, double until)
    {
        lock (_gate)
        {
            _total += sums;
            var (begin, whole) = (from, until - from);
            while (begin < until)
            {
                var minute = _minutes.NumberOf(begin);
                var end = Math.Min(until, (minute + 1.0) * _minutes.Seconds);
                var part = sums * ((end - begin) / whole);
                _minutes.Add(minute, in part);
                _hours.Add(_hours.NumberOf(begin), in part); // an hour ends with a minute
                begin = end;
            }
        }
    }

    public UsageSums Over(UsageWindow window, double now)
    {
        lock (_gate) return (window == UsageWindow.Hour ? _minutes : _hours).Until(now);
    }

    /// <summary>Writes it as a <see cref="StoredHistory"/>, its times moved by so many seconds.</summary>
    public void WriteTo(Utf8JsonWriter json, double shift)
    {
        json.WriteStartObject();
        lock (_gate)
        {
            StoredBucket.Write(json, "minutes", _minutes, shift);
            StoredBucket.Write(json, "hours", _hours, shift);
        }

        json.WriteEndObject();
    }

    /// <summary>Adds what an earlier run left; what lies after now, since the clock was set back, is let go.</summary>
    public void Restore(StoredHistory stored, double now)
    {
        lock (_gate)
        {
            foreach (var bucket in stored.Minutes) bucket.AddTo(_minutes, now);
            foreach (var bucket in stored.Hours) bucket.AddTo(_hours, now);
        }
    }
}

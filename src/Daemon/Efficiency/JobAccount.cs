using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>The account of one job over all its devices, in device-seconds.</summary>
internal sealed class JobAccount(Workload workload, double firstSeen)
{
    private double _lastSeen = firstSeen;
    private bool _isForgotten;

    /// <summary>Whose; of its steps or containers the one that was seen first.</summary>
    public Workload Workload => workload;

    public UsageHistory History { get; } = new();

    /// <summary>Seconds of the <see cref="SteadyClock"/>.</summary>
    public double FirstSeen { get; set; } = firstSeen;

    public double LastSeen
    {
        get => Volatile.Read(ref _lastSeen);
        set => Volatile.Write(ref _lastSeen, value);
    }

    /// <summary>True once it made room for another: nothing more is to be booked here.</summary>
    public bool IsForgotten
    {
        get => Volatile.Read(ref _isForgotten);
        set => Volatile.Write(ref _isForgotten, value);
    }

    public void Add(in UsageSums share, double from, double until)
    {
        History.Add(in share, from, until);
        LastSeen = until;
    }
}

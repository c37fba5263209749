using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>The way to the store: opens it when it is needed, closes it when it is broken, and leaves a disk that refuses in peace for a while.</summary>
/// <param name="open">Opens it; told true when it was found broken and not used well since, so that it is looked at before anybody believes it.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreDoor(Func<bool, IEventStore> open, TimeProvider time)
{
    // Own figures: a full disk is often emptied within seconds; one that stays so need not be asked more than twice a minute.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private IEventStore? _store;
    private volatile bool _isSuspect;
    private bool _isBroken;
    private TimeSpan _pause;
    private long _refusedAt;

    /// <summary>The open store; null while it is not open. Any thread may read from it.</summary>
    public IEventStore? Store => Volatile.Read(ref _store);

    /// <summary>A reader found it broken.</summary>
    public bool IsSuspect => _isSuspect;

    /// <summary>How long to leave it in peace; zero when it may be used.</summary>
    public TimeSpan Pause
    {
        get
        {
            var left = _pause - time.GetElapsedTime(_refusedAt);
            return _pause == TimeSpan.Zero || left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>It is broken: the next use closes it, and opening it anew moves the file aside.</summary>
    public void Suspect() => _isSuspect = true;

    /// <summary>Uses the store; null, and why, when the disk refuses. For the one thread that writes.</summary>
    public T? TryUse<T>(Func<IEventStore, T> use, out string? refusal) where T : class
    {
        try
        {
            if (_isSuspect)
            {
                _isBroken = true;
                Close();
            }

            if (_store is null) Volatile.Write(ref _store, open(_isBroken));
            var result = use(_store!);
            (_pause, _isBroken, refusal) = (TimeSpan.Zero, false, null);
            return result;
        }
        catch (EventStoreException exception)
        {
            if (exception.IsDamaged)
            {
                _isBroken = true;
                Close();
            }

            _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
            _refusedAt = time.GetTimestamp();
            refusal = exception.Message;
            return null;
        }
    }

    public void Close()
    {
        _isSuspect = false;
        var store = _store;
        Volatile.Write(ref _store, null);
        store?.Dispose();
    }
}

using System.Threading.Channels;
using Forewarn.Daemon.Store;

namespace Forewarn.Daemon.Reporting;

/// <summary>Rings when something happened that is in the store now; it knows not what.</summary>
internal sealed class TransitionBell(EventStream stream, TimeProvider time)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Listens until it is stopped, or nothing more will be told.</summary>
    public async Task ListenAsync(CancellationToken stop)
    {
        while (true)
        {
            using var listener = stream.Listen();
            await foreach (var _ in listener.Told.ReadAllAsync(stop)) _rung.Writer.TryWrite(true);
            if (!listener.CutOff.IsCancellationRequested) return;
            _rung.Writer.TryWrite(true); // it rang too often to be heard each time
        }
    }

    /// <summary>Forgets what rang: whoever looks after this sees all of it.</summary>
    public void Silence()
    {
        while (_rung.Reader.TryRead(out _))
        {
            // One place, so once at most.
        }
    }

    /// <summary>True as soon as it has rung, false when it did not for so long.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rung = _rung.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(rung, Task.Delay(longest, time, either.Token));
        var isRung = rung.IsCompletedSuccessfully;
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
        return isRung;
    }
}

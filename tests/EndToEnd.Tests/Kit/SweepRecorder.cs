using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Notes the time of every sample of every device while a test runs, and says how many sweeps each missed.</summary>
internal sealed class SweepRecorder : IAsyncDisposable
{
    /// <summary>A tenth of the sampling period: no sample can come and go unseen.</summary>
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<int, List<DateTimeOffset>> _samples = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly AgentUnderTest _agent;
    private readonly TimeSpan _period;
    private readonly Task _polling;
    private DateTimeOffset? _end;

    private SweepRecorder(AgentUnderTest agent, TimeSpan period)
    {
        (_agent, _period) = (agent, period);
        _polling = PollAsync();
    }

    public static SweepRecorder Start(AgentUnderTest agent) => new(agent, TimeSpan.FromSeconds(1));

    /// <summary>Ends the recording; the most sweeps that any of these devices missed in a row.</summary>
    public async Task<SweepLoss> WorstOfAsync(IEnumerable<int> devices)
    {
        await _stop.CancelAsync();
        await _polling;
        var end = _end ??= TimeProvider.System.GetUtcNow();
        return devices.Select(device => WorstOf(device, end)).MaxBy(loss => loss.Sweeps)!;
    }

    /// <summary>Asserts what the acceptance states of the devices that nothing is wrong with.</summary>
    public async Task AssertAtMostTwoSweepsLostAsync(params int[] except)
    {
        var worst = await WorstOfAsync(Enumerable.Range(0, AgentUnderTest.Gpus).Except(except));
        Assert.True(worst.Sweeps <= 2, $"{worst}\n{_agent.Program.Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polling;
        _stop.Dispose();
    }

    private async Task PollAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var device in await _agent.DevicesAsync())
            {
                if (device is not { Index: { } index, LastSample: { } sample }) continue;
                if (!_samples.TryGetValue(index, out var seen)) _samples[index] = seen = [];
                if (seen.Count == 0 || seen[^1] != sample) seen.Add(sample);
            }

            await Pause.ForAsync(PollPeriod);
        }
    }

    /// <summary>From sample to sample, and from the last one until the recording ended.</summary>
    private SweepLoss WorstOf(int device, DateTimeOffset end)
    {
        if (!_samples.TryGetValue(device, out var times)) throw new InvalidOperationException($"device {device} was never sampled");
        return times.Zip(times.Skip(1).Append(end), (from, to) => new SweepLoss(device, from, to, Lost(to - from)))
            .MaxBy(loss => loss.Sweeps)!;
    }

    /// <summary>A turn of the grid counts as lost when no sample came until a quarter of a period after it.</summary>
    private int Lost(TimeSpan gap) => Math.Max(0, (int)Math.Floor((gap / _period) - 0.25));
}

/// <summary>The longest silence of a device.</summary>
internal sealed record SweepLoss(int Device, DateTimeOffset From, DateTimeOffset To, int Sweeps)
{
    public override string ToString() =>
        $"device {Device} missed {Sweeps} sweeps: no sample from {From:HH:mm:ss.fff} to {To:HH:mm:ss.fff}";
}

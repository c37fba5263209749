using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>The most memory that the agent and its probes were seen to hold together while a test ran.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    // The budget is 64 MiB in the steady state of the packages. Own figure: three quarters more. The probe of this build is the whole program and not the packages'
    // small one, a test's questions ten times a second are answered beside it, and what a batch needs is not given back at once: 90 MiB were seen.
    private const long Budget = 112L << 20;

    // Own figure: each look walks the pages of two processes.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly AgentUnderTest _agent;
    private readonly Task _looking;
    private long _most;

    private MemoryWatch(AgentUnderTest agent)
    {
        _agent = agent;
        _looking = LookAsync();
    }

    public static MemoryWatch Start(AgentUnderTest agent) => new(agent);

    /// <summary>Ends the watch; gives the most that was seen, in bytes.</summary>
    public async Task<long> AssertWithinBudgetAsync()
    {
        await EndAsync();
        Assert.InRange(_most, 1, Budget);
        return _most;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _looking;
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _most = Math.Max(_most, ProportionalSet.Of(_agent));
            await Pause.ForAsync(Period);
        }
    }
}

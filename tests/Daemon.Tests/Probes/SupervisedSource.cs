using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>
/// A supervisor, a clock, and orders in words: "start", "start without A", "start A", "stop", "stop A". What is ordered is done at once.
/// </summary>
internal sealed class SupervisedSource
{
    private readonly ProbeSupervisor _supervisor = new() { Probation = TimeSpan.FromSeconds(10) };
    private readonly List<ProbeOrder> _orders = [];

    public TimeSpan Now { get; private set; }

    public SourceState State => _supervisor.State.State;

    public string Detail => _supervisor.State.Detail;

    public NoDataReason Reason => _supervisor.State.Reason;

    public IReadOnlyDictionary<string, Suspect> Suspects => _supervisor.Suspects;

    /// <summary>What each probe that cannot be reaped was last on.</summary>
    public List<string> Unreaped { get; } = [];

    public static CallInFlight Call(string device, string name = "thermal") => new(device, name, 1, TimeSpan.FromSeconds(1));

    public SupervisedSource After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Main or solo probe completed a sweep.</summary>
    public SupervisedSource Sweeps(string? only = null) => Do(() => _supervisor.Swept(only, Now));

    public SupervisedSource Hangs(string device, string? only = null) => Do(() => _supervisor.Stuck(only, Call(device), Now));

    public SupervisedSource FallsSilent(string? only = null) => Do(() => _supervisor.Stuck(only, null, Now));

    public SupervisedSource IsKilled(int signal = 9, string? only = null, params string[] callsOn)
        => Do(() => _supervisor.Ended(only, new ProbeEnd(128 + signal), [.. callsOn.Select(device => Call(device))], Now));

    public SupervisedSource Ends(ProbeExit exit, string? only = null) => Do(() => _supervisor.Ended(only, new ProbeEnd((int)exit), [], Now));

    public SupervisedSource CannotOpen(NoDataReason reason, string detail)
        => Do(() => _supervisor.CannotOpen(reason, detail)).Ends(ProbeExit.Unavailable);

    public SupervisedSource Release() => Do(() => _supervisor.Release(Now));

    public SupervisedSource Resume() => Do(() => _supervisor.Resume(Now));

    public SupervisedSource Restart() => Do(() => _supervisor.Restart(Now));

    /// <summary>Decides once, does what was ordered, and gives the orders in words.</summary>
    public string Orders()
    {
        _orders.Clear();
        _supervisor.Decide(Now, Unreaped, _orders);
        foreach (var start in _orders.OfType<ProbeOrder.Start>()) _supervisor.Started(start.Only, Now);
        return string.Join(", ", _orders.Select(Words));
    }

    /// <summary>Starts the source and lets it sweep.</summary>
    public static SupervisedSource Running()
    {
        var source = new SupervisedSource();
        Assert.Equal("start", source.Orders());
        source.After(0.5).Sweeps();
        Assert.Equal(SourceState.Running, source.State);
        return source;
    }

    private SupervisedSource Do(Action what)
    {
        what();
        return this;
    }

    private static string Words(ProbeOrder order) => order switch
    {
        ProbeOrder.Start { Only: { } only } => $"start {only}",
        ProbeOrder.Start { Except: [_, ..] except } => $"start without {string.Join(' ', except.Order(StringComparer.Ordinal))}",
        ProbeOrder.Start => "start",
        ProbeOrder.Stop stop => stop.Only is null ? "stop" : $"stop {stop.Only}",
        _ => throw new InvalidOperationException($"{order} has no word"),
    };
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>All series of one source.</summary>
internal sealed class SourceSeries(SourceView view)
{
    private readonly SignalLabel _label = new("source", view.Name);
    private readonly HistogramSeries _fast = SweepsOf(view, SampleGroup.Fast);
    private readonly HistogramSeries _slow = SweepsOf(view, SampleGroup.Slow);
    private readonly byte[] _lastSuccess = Of(SelfCatalog.SourceLastSuccess, view);
    private readonly byte[][] _states = Array.ConvertAll(EnumLabels.Of<SourceState>(),
        state => SelfCatalog.SourceState.Series(new("source", view.Name), new("state", state)));

    private (byte[] Seconds, byte[] Calls)[] _calls = [];
    private byte[] _info = [];
    private (string Driver, string Library)? _versions;

    public SourceView View => view;

    public byte[] Expected { get; } = Of(SelfCatalog.DevicesExpected, view);

    public byte[] Found { get; } = Of(SelfCatalog.DevicesFound, view);

    public byte[] Up { get; } = Of(SelfCatalog.SourceUp, view);

    public byte[] Stalls { get; } = Of(SelfCatalog.SourceStalls, view);

    public byte[] Restarts { get; } = Of(SelfCatalog.SourceRestarts, view);

    public byte[] Abandoned { get; } = Of(SelfCatalog.SourceAbandonedProcesses, view);

    public byte[] SkippedSweeps { get; } = Of(SelfCatalog.SourceSkippedSweeps, view);

    public byte[] RefusedFrames { get; } = Of(SelfCatalog.SourceRefusedFrames, view);

    /// <summary>Its state, the same throughout one scrape.</summary>
    public SourceState State { get; private set; }

    public void Take()
    {
        State = view.Status.State;
        (string Driver, string Library) versions = (view.DriverVersion, view.LibraryVersion);
        if (versions != _versions)
            _info = SelfCatalog.SourceInfo.Series(_label, new("driver", versions.Driver), new("library", versions.Library));
        _versions = versions;

        // Call groups are only ever added, so that the series of those known stay in their places.
        var groups = view.CallGroups;
        if (groups.Length > _calls.Length) _calls = [.. _calls, .. groups.Skip(_calls.Length).Select(group => CallsOf(group.Name))];
    }

    public void WriteInfo(ref ExpositionWriter writer) => writer.Sample(_info, 1L);

    public void WriteStates(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _states.Length; i++) writer.Sample(_states[i], i == (int)State);
    }

    public void WriteSweeps(ref ExpositionWriter writer)
    {
        _fast.Write(view.FastSweep, ref writer);
        _slow.Write(view.SlowSweep, ref writer);
    }

    public void WriteCallSeconds(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _calls.Length; i++) writer.Sample(_calls[i].Seconds, view.CallGroups[i].Seconds);
    }

    public void WriteCalls(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _calls.Length; i++) writer.Sample(_calls[i].Calls, view.CallGroups[i].Calls);
    }

    public void WriteLastSuccess(ref ExpositionWriter writer)
    {
        var last = view.LastSuccess;
        if (last != default) writer.Sample(_lastSuccess, UnixTime.Seconds(last));
    }

    private static byte[] Of(SelfFamily family, SourceView view) => family.Series(new SignalLabel("source", view.Name));

    private static HistogramSeries SweepsOf(SourceView view, SampleGroup group)
        => new(SelfCatalog.SourceSweepDuration, new("source", view.Name), new("group", EnumLabels.Of<SampleGroup>()[(int)group]));

    private (byte[] Seconds, byte[] Calls) CallsOf(string group)
    {
        var call = new SignalLabel("call", group);
        return (SelfCatalog.SourceCallSeconds.Series(_label, call), SelfCatalog.SourceCalls.Series(_label, call));
    }
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>What is told of a device whether it answers or not.</summary>
internal sealed class PresenceSeries(DeviceLabels labels)
{
    private readonly byte[] _up = labels.Series(SelfCatalog.DeviceUp.Name);
    private readonly byte[][] _states = labels.SeriesPerMember<DevicePresence>(SelfCatalog.DevicePresence.Name, "state");
    private readonly byte[] _lastSample = labels.Series(SelfCatalog.DeviceLastSample.Name);
    private readonly byte[] _generation = labels.Series(SelfCatalog.DeviceCountersGeneration.Name);
    private DateTimeOffset _sampled;
    private int _counterGeneration;

    /// <summary>Presence at the last <see cref="Take"/>, so that one scrape never tells two.</summary>
    public DevicePresence Now { get; private set; }

    public void Take(DeviceView view)
    {
        Now = view.Presence.Presence;
        _sampled = view.LastSample;
        _counterGeneration = view.CounterGeneration;
    }

    public void WriteUp(ref ExpositionWriter writer) => writer.Sample(_up, Now == DevicePresence.Measured);

    public void WriteStates(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _states.Length; i++) writer.Sample(_states[i], i == (int)Now);
    }

    public void WriteLastSample(ref ExpositionWriter writer)
    {
        if (_sampled != default) writer.Sample(_lastSample, UnixTime.Seconds(_sampled));
    }

    public void WriteGeneration(ref ExpositionWriter writer) => writer.Sample(_generation, (long)_counterGeneration);
}

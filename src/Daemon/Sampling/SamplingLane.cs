using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;
using Forewarn.Model;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// One thread of a probe that reads one group of signals from all devices, again and again on a fixed grid of time. It allocates nothing
/// once it runs. A fast sweep goes out in as few writes as hold it; a slow one, in which single calls may take long, device by device.
/// </summary>
internal sealed class SamplingLane
{
    private readonly IDeviceSource _source;
    private readonly DeviceTable _devices;
    private readonly CallGuard _guard;
    private readonly TimeProvider _time;
    private readonly SampleGroup _group;
    private readonly TimeSpan _deadline;
    private readonly FrameBatch _batch;
    private readonly FrameBuilder _builder;
    private readonly SampleFrame _sample;
    private readonly (int Number, byte[] Tag)[] _calls;
    private uint _skipped;

    public SamplingLane(IDeviceSource source, DeviceTable devices, CallGuard guard, FrameOutput output, ProbeSettings settings,
        SampleGroup group, TimeProvider time)
    {
        (_source, _devices, _guard, _group, _time) = (source, devices, guard, group, time);
        _deadline = group == SampleGroup.Fast ? settings.FastDeadline : settings.SlowDeadline;
        Period = group == SampleGroup.Fast ? settings.Fast : settings.Slow;
        _builder = new FrameBuilder(settings.Generation);
        _batch = new FrameBatch(output);
        _sample = new SampleFrame(_builder, _batch);
        _calls = [.. source.CallGroups.Index().Where(call => call.Item.Group == group).Select(call => (call.Index, CallSlots.Tag(call.Item.Name)))];
    }

    public TimeSpan Period { get; }

    /// <summary>Reads every device once and tells how it went; false when the pipe was full and the rest was left out.</summary>
    public bool Sweep()
    {
        var start = _time.GetTimestamp();
        for (ushort ordinal = 0; ordinal < _devices.Count; ordinal++)
        {
            if (!_devices.IsReachable(ordinal)) continue;
            if (ReadDevice(ordinal)) continue;
            _skipped++;
            return false;
        }

        var elapsed = _time.GetElapsedTime(start);
        new SweepEndFrame(_group, _time.GetUtcNow().UtcTicks, (long)elapsed.TotalNanoseconds, _skipped,
            GC.GetTotalAllocatedBytes(), GC.CollectionCount(0)).Write(_builder);
        if (_batch.TryAdd(_builder.Seal(FrameType.SweepEnd)) && _batch.TryFlush())
        {
            _skipped = 0;
            return true;
        }

        _skipped++;
        return false;
    }

    private bool ReadDevice(ushort ordinal)
    {
        _sample.Begin(ordinal, _group, _time.GetUtcNow());
        foreach (var (number, tag) in _calls)
        {
            var start = _guard.Enter(_devices.TagOf(ordinal), tag, _deadline);
            _source.Read(ordinal, number, _sample);
            _sample.Called(number, (long)_guard.Leave(start).TotalNanoseconds);
        }

        if (_group == SampleGroup.Fast) _devices.Answered(ordinal, _sample.Values > 0);
        return _sample.TrySend() && (_group == SampleGroup.Fast || _batch.TryFlush());
    }
}

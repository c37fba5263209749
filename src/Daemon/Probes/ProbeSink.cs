using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes;

/// <summary>Takes the frames of one probe, on its pump thread. What is broken is counted and left out; nothing is allocated for a sample.</summary>
internal sealed class ProbeSink : IFrameSink
{
    private readonly ProbeProcess _probe;
    private readonly SourceIntake _intake;
    private readonly List<DeviceView> _found = [];
    private readonly List<DeviceView> _reached = [];
    private readonly List<DeviceView> _partly = [];
    private readonly Action<int, long> _called;
    private readonly DeviceProcess[] _processes = new DeviceProcess[ProcessFrame.Most];
    private DeviceView?[] _devices = [];
    private CallGroupMeter[] _callGroups = [];
    private bool _isStrange; // of a build whose frames mean something else
    private long _nanoseconds; // of the calls of the sample that is being read

    public ProbeSink(ProbeProcess probe, SourceIntake intake)
    {
        (_probe, _intake) = (probe, intake);
        _called = Called;
    }

    public void Refuse() => _intake.Source.CountRefusedFrame();

    public void Rest() => _intake.Samples.Announce();

    public void Take(FrameType type, ReadOnlySpan<byte> payload)
    {
        // Readings of a probe that was ended are not believed; what it announced before did happen.
        if (_isStrange || (_probe.IsRetired && type != FrameType.Event)) return;
        _probe.Heard();
        var isGood = type switch
        {
            FrameType.Hello => Hello(payload),
            FrameType.Device => Device(payload),
            FrameType.InventoryEnd => InventoryEnd(payload),
            FrameType.Sample => Sample(payload),
            FrameType.SweepEnd => SweepEnd(payload),
            FrameType.Event => Event(payload),
            FrameType.Unavailable => Unavailable(payload),
            FrameType.Processes => Processes(payload),
            _ => false,
        };
        if (!isGood) Refuse();
    }

    private bool Hello(ReadOnlySpan<byte> payload)
    {
        var hello = HelloFrame.Read(payload);
        _isStrange = !_intake.Understands(hello?.Build ?? default, _probe);
        if (_isStrange || hello is null) return hello is not null;
        _intake.Opened(hello.DriverVersion, hello.LibraryVersion);
        _callGroups = [.. hello.CallGroups.Select(_intake.Source.CallGroup)];
        return true;
    }

    private bool Device(ReadOnlySpan<byte> payload)
    {
        if (DeviceFrame.Read(payload, _intake.Entry.Vendor) is not { } row) return false;
        var known = _intake.Found(row);
        if (_devices.Length <= row.Ordinal) Array.Resize(ref _devices, row.Ordinal + 1);
        _devices[row.Ordinal] = known;
        _found.Add(known);
        if (row.Absence == NoDataReason.Excluded) _reached.Add(known);
        else if (row.Absence == NoDataReason.None) (row.IsPartial ? _partly : _reached).Add(known);
        return true;
    }

    /// <summary>An inventory of which a row did not arrive must not declare that card lost.</summary>
    private bool InventoryEnd(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        if (reader.UInt16() != _found.Count || reader.IsBroken) return false;
        _intake.InventoryTaken(_found, _reached, _partly, _probe.Settings);
        return true;
    }

    private bool Sample(ReadOnlySpan<byte> payload)
    {
        var ordinal = SampleFrameReader.OrdinalOf(payload);
        if (ordinal >= _devices.Length || _devices[ordinal] is not { } device) return false;
        var sample = _intake.Samples.Rent();
        _nanoseconds = 0;
        if (!SampleFrameReader.TryRead(payload, sample, _called))
        {
            _intake.Samples.Return(sample);
            return false;
        }

        (sample.Device, sample.BootId, sample.Generation) = (device.Device, _intake.BootId, _probe.Settings.Generation);
        sample.Arrived = _intake.Time.GetTimestamp();
        sample.CallTime = TimeSpan.FromTicks(_nanoseconds / TimeSpan.NanosecondsPerTick);
        _intake.Samples.Add(sample);
        return true;
    }

    private bool Processes(ReadOnlySpan<byte> payload)
    {
        if (!ProcessFrameReader.TryRead(payload, _processes, out var list)) return false;
        if (list.Ordinal >= _devices.Length || _devices[list.Ordinal] is not { } device) return false;
        _intake.Held(device, list, _processes.AsSpan(0, list.Listed));
        return true;
    }

    private void Called(int callGroup, long nanoseconds)
    {
        _nanoseconds += nanoseconds;
        if (callGroup < _callGroups.Length) _callGroups[callGroup].Add(nanoseconds);
    }

    private bool SweepEnd(ReadOnlySpan<byte> payload)
    {
        if (!SweepEndFrame.TryRead(payload, out var sweep)) return false;
        _probe.Swept(sweep.Group, sweep.AllocatedBytes, sweep.Collections);
        if (sweep.Skipped > 0) _intake.Source.CountSkippedSweeps(sweep.Skipped);
        if (_probe.Settings.Only is not null) return true;
        (sweep.Group == SampleGroup.Fast ? _intake.Source.FastSweep : _intake.Source.SlowSweep).Add(sweep.Nanoseconds);
        if (sweep.Group == SampleGroup.Fast) _intake.Source.LastSuccess = new DateTimeOffset(sweep.Ticks, TimeSpan.Zero);
        return true;
    }

    private bool Event(ReadOnlySpan<byte> payload)
    {
        if (EventFrame.Read(payload) is not { } frame) return false;
        var device = frame.Ordinal < _devices.Length ? _devices[frame.Ordinal] : null;
        _intake.DriverError(device, new EventText(frame.Kind, frame.Code, frame.Text, new DateTimeOffset(frame.Ticks, TimeSpan.Zero)));
        return true;
    }

    private bool Unavailable(ReadOnlySpan<byte> payload)
    {
        if (UnavailableFrame.Read(payload) is not { } frame) return false;
        _intake.CannotOpen(frame.Reason, frame.Detail, frame.SandboxDenied, _probe);
        return true;
    }
}

using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>A node's view as the pipeline would have made it, at one fixed time.</summary>
internal sealed class HandMadeNode
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 3, 16, 7, TimeSpan.Zero);

    private static readonly string[] Slots = ["18", "2a", "3a", "5d", "84", "8b", "91", "e4"];

    public HandMadeNode(string? simulation = null)
    {
        View = new(new NodeFacts
        {
            Name = "gpu-node-17",
            BootId = "6f6d0f3e-8a3b-4f0e-9d1c-2b7a5f3c1e90",
            Version = "0.1.0",
            Simulation = simulation,
            Started = Now - TimeSpan.FromHours(76),
        }, new ManualTimeProvider(Now));
        var errors = new MetricFamily("forewarn_xid_errors_total", SignalKind.Counter, SignalUnit.None, "Errors by Xid.");
        Source = new("nvml", new(errors, "xid"), View.Node.Started);
        View.Add(Source);
    }

    public NodeView View { get; }

    public SourceView Source { get; }

    public DeviceView this[int index] => View.Devices.Single(device => device.Device.Partition is null && device.Device.Index == index);

    /// <summary>So many cards that are measured; some may have been silent for a while.</summary>
    public HandMadeNode WithDevices(int count, params (int Index, int Seconds)[] silent)
    {
        for (var i = 0; i < count; i++)
        {
            var seconds = silent.Where(one => one.Index == i).Sum(one => one.Seconds);
            Add(i, Now - TimeSpan.FromSeconds(seconds + 0.4));
        }

        Running(count, count);
        return this;
    }

    public HandMadeNode Running(int expected, int found)
    {
        Source.Status = new(SourceState.Running, NoDataReason.None, "", View.Node.Started);
        (Source.DriverVersion, Source.LibraryVersion) = ("550.54.15", "12.550.54.15");
        (Source.Expected, Source.Found) = (expected, found);
        Source.LastSuccess = Now - TimeSpan.FromMilliseconds(400);
        return this;
    }

    public HandMadeNode Become(int index, DevicePresence presence, NoDataReason reason, string detail, int secondsAgo = 240)
    {
        this[index].Become(new(presence, reason, detail, Now - TimeSpan.FromSeconds(secondsAgo)));
        return this;
    }

    /// <summary>Who runs on a card.</summary>
    public HandMadeNode Runs(int index, params DeviceWorkload[] workloads)
    {
        this[index].Workloads = [.. workloads];
        this[index].Processes = new ProcessTally(workloads.Sum(share => share.Processes), 0, NoDataReason.None);
        return this;
    }

    /// <summary>What is judged of a card; with one finding, unless it is healthy.</summary>
    public HandMadeNode Judged(int index, HealthState state, bool isObserved = false)
    {
        this[index].Assessment = Judgement.Of(this[index].Device, state, isObserved);
        return this;
    }

    public HandMadeNode Read(int index, params Reading[] readings) => Read(index, Now - TimeSpan.FromMilliseconds(400), readings);

    /// <summary>Cuts a card into parts, which tell their memory alone; the card tells its utilisation no more.</summary>
    public HandMadeNode Cut(int index, params string[] profiles)
    {
        var card = this[index].Device;
        Read(index, Reading.None(SignalId.UtilizationGpu, NoDataReason.NotSupported));
        for (var i = 0; i < profiles.Length; i++)
        {
            var part = View.Upsert(
                card with
                {
                    Id = new($"MIG-00000000-0000-4000-8000-{index:d6}{i:d6}"),
                    Index = i,
                    Name = $"{card.Name} MIG {profiles[i]}",
                    Serial = "",
                    Partition = new(card.Id, profiles[i], i + 7, 0),
                },
                Source);
            part.Become(new(DevicePresence.Measured, NoDataReason.None, "", Now - TimeSpan.FromHours(76)));
            var sample = new Sample { Device = part.Device, Time = Now - TimeSpan.FromMilliseconds(400) };
            sample.Add(Reading.Of(SignalId.MemoryUsed, 2048L << 20));
            sample.Add(Reading.Of(SignalId.MemoryFree, 7680L << 20));
            part.Apply(sample);
        }

        return this;
    }

    /// <summary>What a card did for so many seconds until so many seconds ago, a sample each second.</summary>
    public HandMadeNode Worked(
        int index, int seconds, double utilization, double mebibytes, double watts, int secondsAgo = 0, params DeviceWorkload[] workloads)
    {
        this[index].Workloads = [.. workloads];
        for (var second = -seconds; second <= 0; second++)
        {
            var sample = new Sample { Arrived = (second - secondsAgo) * TimeSpan.TicksPerSecond };
            foreach (var reading in Efficiency.MeasuredCard.Holding(utilization, mebibytes)) sample.Add(reading);
            sample.Add(Reading.Of(SignalId.Power, watts));
            this[index].Account.Take(sample, this[index].Workloads, View.Accounts);
        }

        return this;
    }

    private HandMadeNode Read(int index, DateTimeOffset time, params Reading[] readings)
    {
        var device = this[index];
        var sample = new Sample { Device = device.Device, Time = time };
        foreach (var reading in readings) sample.Add(reading);
        device.Apply(sample);
        return this;
    }

    private void Add(int i, DateTimeOffset sampled)
    {
        var number = i.ToString(CultureInfo.InvariantCulture);
        View.Upsert(
            new()
            {
                Id = new($"GPU-00000000-0000-4000-8000-{i:d12}"),
                Vendor = new("nvidia"),
                PciAddress = $"{i / Slots.Length:x4}:{Slots[i % Slots.Length]}:00.0",
                Index = i,
                Name = "NVIDIA H100 80GB HBM3",
                Serial = "16502300" + number,
                Minor = i,
                Firmware = "96.00.61.00.01",
                NumaNode = i % Slots.Length / 4,
            },
            Source);
        Become(i, DevicePresence.Measured, NoDataReason.None, "", 76 * 3600);
        Read(
            i,
            sampled,
            Reading.Of(SignalId.TemperatureGpu, 41 + i),
            Reading.None(SignalId.TemperatureMemory, NoDataReason.NotSupported),
            Reading.Of(SignalId.Power, 312.4 + i),
            Reading.Of(SignalId.UtilizationGpu, 0.97),
            Reading.Of(SignalId.MemoryUsed, 62668L << 20),
            Reading.Of(SignalId.MemoryFree, 18227L << 20),
            Reading.Of(SignalId.MemoryReserved, 614L << 20),
            Reading.Of(SignalId.EccUncorrected, 0),
            Reading.None(SignalId.EccSramParity, NoDataReason.NoPermission),
            Reading.Of(SignalId.LinkUp, 1, 0),
            Reading.Of(SignalId.LinkUp, 1, 1));
    }
}

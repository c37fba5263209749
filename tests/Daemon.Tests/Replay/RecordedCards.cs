using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>Writes what <c>forewarn record</c> would have written of eight cards.</summary>
internal sealed class RecordedCards
{
    public const int Count = 8;

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> _lines = [];
    private (int Card, int Code, int Turn) _hidden = (-1, 0, 0);

    public DateTimeOffset Now { get; set; } = Start;

    public IReadOnlyList<string> Lines => _lines;

    public static string Id(int card) => $"GPU-{card}";

    /// <summary>One error that counts: the card's driver has told it from this line on.</summary>
    public RecordedCards Hide(int card, int code, int turn)
    {
        _hidden = (card, code, turn);
        return this;
    }

    /// <summary>A line a second, of so many seconds; what each card reads in each.</summary>
    public RecordedCards Turns(int seconds, Func<int, int, Reading[]> read, Func<int, int, long>? errors = null, TimeSpan? interval = null)
    {
        for (var second = 0; second < seconds; second++)
        {
            Now += interval ?? TimeSpan.FromSeconds(1);
            var list = new DeviceList
            {
                Simulated = false,
                Node = "gpu-node-17",
                Time = Now,
                Devices = [.. Enumerable.Range(0, Count).Select(card => Report(card, read(card, second), errors?.Invoke(card, second) ?? 0))],
            };
            _lines.Add(JsonSerializer.Serialize(list, ApiJson.Default.DeviceList).ReplaceLineEndings(""));
        }

        return this;
    }

    private DeviceReport Report(int card, Reading[] readings, long errors) => new()
    {
        Id = Id(card),
        Provisional = false,
        Index = card,
        Vendor = "nvidia",
        PciAddress = KernelStorm.Address(card),
        Serial = $"165032{card}",
        Source = "nvml",
        Presence = DevicePresence.Measured,
        CounterGeneration = 1,
        DriverErrors = card == _hidden.Card && _lines.Count >= _hidden.Turn ? [new DriverErrorReport("xid", _hidden.Code, 1)]
            : errors == 0 ? [] : [new DriverErrorReport("xid", 79, errors)],
        Workloads = [],
        Signals = [.. readings.Select(Signal)],
    };

    private static SignalReport Signal(Reading reading)
    {
        var signal = SignalCatalog.Of(reading.Signal);
        return new()
        {
            Signal = signal.Family.Name,
            Labels = signal.Labels.Count == 0 ? null : signal.Labels.ToDictionary(label => label.Key, label => label.Value),
            Kind = signal.Family.Kind,
            Value = reading.Value,
        };
    }
}

namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Thermal()
    {
        var temperature = new MetricFamily("forewarn_device_temperature_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "Temperature of the chip (gpu) and of its memory.");
        var limit = new MetricFamily("forewarn_device_temperature_limit_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "Temperature at which the card slows down or shuts down, as the card itself says.");
        return
        [
            Row(SignalId.TemperatureGpu, temperature, SampleGroup.Fast, "sensor", "gpu"),
            Row(SignalId.TemperatureMemory, temperature, SampleGroup.Fast, "sensor", "memory"),
            Row(SignalId.TemperatureLimitShutdown, limit, SampleGroup.Slow, "limit", "shutdown"),
            Row(SignalId.TemperatureLimitSlowdown, limit, SampleGroup.Slow, "limit", "slowdown"),
            Row(SignalId.TemperatureLimitMemory, limit, SampleGroup.Slow, "limit", "memory"),
            Row(SignalId.TemperatureLimitGpu, limit, SampleGroup.Slow, "limit", "gpu"),
        ];
    }

    private static Signal[] Power()
    {
        var power = new MetricFamily("forewarn_device_power_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power drawn by the card; averaged over one second where the card does so itself.");
        var limit = new MetricFamily("forewarn_device_power_limit_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power limit in force, limits set out of band included.");
        var energy = new MetricFamily("forewarn_device_energy_joules_total", SignalKind.Counter, SignalUnit.Joules,
            "Energy used since the driver was loaded.");
        return
        [
            Row(SignalId.Power, power, SampleGroup.Fast),
            Row(SignalId.PowerLimit, limit, SampleGroup.Slow),
            Row(SignalId.Energy, energy, SampleGroup.Fast),
        ];
    }
}

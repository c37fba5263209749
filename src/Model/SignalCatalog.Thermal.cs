namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Thermal()
    {
        var temperature = new MetricFamily("forewarn_device_temperature_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "Temperature of the chip (gpu), of its memory, and where the card tells them of board and power supply.");
        var margin = new MetricFamily("forewarn_device_temperature_margin_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "How far the card is from the nearest temperature at which it slows down; below 0 it is past it.");
        var limit = new MetricFamily("forewarn_device_temperature_limit_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "Temperature at which the card slows down or shuts down, as the card itself says.");
        var relative = new MetricFamily("forewarn_device_temperature_tlimit_celsius", SignalKind.Gauge, SignalUnit.Celsius,
            "The same limits as cards from Ada on tell them: as what is then left of the margin, so never above 0.");
        return
        [
            Row(SignalId.TemperatureGpu, temperature, SampleGroup.Fast, "sensor", "gpu"),
            Row(SignalId.TemperatureMemory, temperature, SampleGroup.Fast, "sensor", "memory"),
            Row(SignalId.TemperatureBoard, temperature, SampleGroup.Slow, "sensor", "board"),
            Row(SignalId.TemperaturePowerSupply, temperature, SampleGroup.Slow, "sensor", "power_supply"),
            Row(SignalId.TemperatureMargin, margin, SampleGroup.Fast),
            Row(SignalId.TemperatureLimitShutdown, limit, SampleGroup.Slow, "limit", "shutdown"),
            Row(SignalId.TemperatureLimitSlowdown, limit, SampleGroup.Slow, "limit", "slowdown"),
            Row(SignalId.TemperatureLimitMemory, limit, SampleGroup.Slow, "limit", "memory"),
            Row(SignalId.TemperatureLimitGpu, limit, SampleGroup.Slow, "limit", "gpu"),
            Row(SignalId.TemperatureLimitAcousticLeast, limit, SampleGroup.Slow, "limit", "acoustic_min"),
            Row(SignalId.TemperatureLimitAcoustic, limit, SampleGroup.Slow, "limit", "acoustic"),
            Row(SignalId.TemperatureLimitAcousticMost, limit, SampleGroup.Slow, "limit", "acoustic_max"),
            Row(SignalId.TemperatureTLimitShutdown, relative, SampleGroup.Slow, "limit", "shutdown"),
            Row(SignalId.TemperatureTLimitSlowdown, relative, SampleGroup.Slow, "limit", "slowdown"),
            Row(SignalId.TemperatureTLimitMemory, relative, SampleGroup.Slow, "limit", "memory"),
            Row(SignalId.TemperatureTLimitGpu, relative, SampleGroup.Slow, "limit", "gpu"),
        ];
    }

    private static Signal[] Fans()
    {
        var speed = new MetricFamily("forewarn_device_fan_speed_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "Speed of a fan as the card asks for it, not as it is measured; may exceed 1.");
        var target = new MetricFamily("forewarn_device_fan_target_ratio", SignalKind.Gauge, SignalUnit.Ratio, "Speed that a fan is to reach.");
        var revolutions = new MetricFamily("forewarn_device_fan_revolutions_per_minute", SignalKind.Gauge, SignalUnit.None,
            "Revolutions of a fan.");
        return
        [
            new(SignalId.FanSpeed, speed, SampleGroup.Slow, "fan", []),
            new(SignalId.FanTarget, target, SampleGroup.Slow, "fan", []),
            new(SignalId.FanRevolutions, revolutions, SampleGroup.Slow, "fan", []),
        ];
    }

    private static Signal[] Power()
    {
        var power = new MetricFamily("forewarn_device_power_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power drawn by the card; averaged over one second where the card does so itself.");
        var instant = new MetricFamily("forewarn_device_power_instant_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power drawn by the card at this moment.");
        var module = new MetricFamily("forewarn_device_power_module_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power drawn at this moment by the module that the card shares with a CPU.");
        var setting = new MetricFamily("forewarn_device_power_limit_setting_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power limits: the lowest and highest that can be set, the default, and what was asked for.");
        var ofModule = new MetricFamily("forewarn_device_power_module_limit_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power limits of the module that the card shares with a CPU.");
        var source = new MetricFamily("forewarn_device_power_source", SignalKind.State, SignalUnit.None,
            "0 on mains, 1 on battery, 2 on a supply too small for the card.");
        var limit = new MetricFamily("forewarn_device_power_limit_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Power limit in force, limits set out of band included.");
        var smoothing = new MetricFamily("forewarn_device_power_smoothing", SignalKind.State, SignalUnit.None,
            "1 while the card smooths its draw of power: it burns what its work does not, so that the supply sees no steps.");
        var preset = new MetricFamily("forewarn_device_power_smoothing_profile", SignalKind.State, SignalUnit.None,
            "Which of its preset profiles of power smoothing the card uses.");
        var smoothed = new MetricFamily("forewarn_device_power_smoothing_limit_watts", SignalKind.Gauge, SignalUnit.Watts,
            "Between what the card keeps its draw of power while it smooths it: the ceiling, and the floor that it does not fall below.");
        var lifetime = new MetricFamily("forewarn_device_power_smoothing_lifetime_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "What is left of the life of the circuit that smooths power: 1 when new; at 0 the card has to be replaced to smooth any more.");
        var peak = new MetricFamily("forewarn_device_power_peak_multiplier_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "By how much short peaks of power may pass the card's limit (EDPp multiplier), as the driver has it set.");
        var energy = new MetricFamily("forewarn_device_energy_joules_total", SignalKind.Counter, SignalUnit.Joules,
            "Energy used since the driver was loaded.");
        return
        [
            Row(SignalId.Power, power, SampleGroup.Fast),
            Row(SignalId.PowerInstant, instant, SampleGroup.Fast),
            Row(SignalId.PowerModule, module, SampleGroup.Fast),
            Row(SignalId.PowerLimit, limit, SampleGroup.Slow),
            Row(SignalId.PowerLimitLeast, setting, SampleGroup.Slow, "limit", "min"),
            Row(SignalId.PowerLimitMost, setting, SampleGroup.Slow, "limit", "max"),
            Row(SignalId.PowerLimitDefault, setting, SampleGroup.Slow, "limit", "default"),
            Row(SignalId.PowerLimitRequested, setting, SampleGroup.Slow, "limit", "requested"),
            Row(SignalId.PowerModuleLimit, ofModule, SampleGroup.Slow, "limit", "enforced"),
            Row(SignalId.PowerModuleLimitLeast, ofModule, SampleGroup.Slow, "limit", "min"),
            Row(SignalId.PowerModuleLimitMost, ofModule, SampleGroup.Slow, "limit", "max"),
            Row(SignalId.PowerModuleLimitDefault, ofModule, SampleGroup.Slow, "limit", "default"),
            Row(SignalId.PowerModuleLimitRequested, ofModule, SampleGroup.Slow, "limit", "requested"),
            Row(SignalId.PowerSource, source, SampleGroup.Slow),
            Row(SignalId.PowerSmoothing, smoothing, SampleGroup.Slow),
            Row(SignalId.PowerSmoothingProfile, preset, SampleGroup.Slow),
            Row(SignalId.PowerSmoothingCeiling, smoothed, SampleGroup.Slow, "limit", "ceiling"),
            Row(SignalId.PowerSmoothingFloor, smoothed, SampleGroup.Slow, "limit", "floor"),
            Row(SignalId.PowerSmoothingLifetime, lifetime, SampleGroup.Slow),
            Row(SignalId.PowerPeakMultiplier, peak, SampleGroup.Slow),
            Row(SignalId.Energy, energy, SampleGroup.Fast) with { IsFirm = true },
        ];
    }
}

using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private static readonly NvmlReading[] Limits =
    [
        Threshold(NvmlTemperatureThresholds.Shutdown, SignalId.TemperatureLimitShutdown),
        Threshold(NvmlTemperatureThresholds.Slowdown, SignalId.TemperatureLimitSlowdown),
        Threshold(NvmlTemperatureThresholds.MemMax, SignalId.TemperatureLimitMemory),
        Threshold(NvmlTemperatureThresholds.GpuMax, SignalId.TemperatureLimitGpu),
        Threshold(NvmlTemperatureThresholds.AcousticMin, SignalId.TemperatureLimitAcousticLeast),
        Threshold(NvmlTemperatureThresholds.AcousticCurr, SignalId.TemperatureLimitAcoustic),
        Threshold(NvmlTemperatureThresholds.AcousticMax, SignalId.TemperatureLimitAcousticMost),
        Sensor(NvmlThermalTarget.Board, SignalId.TemperatureBoard),
        Sensor(NvmlThermalTarget.PowerSupply, SignalId.TemperaturePowerSupply),
        One(SignalId.PowerLimit, static (library, device, out number) => Number(library.DeviceGetEnforcedPowerLimit(device, out var value), value, out number), Milli, HighestPower),
        One(SignalId.PowerSource, static (library, device, out number) => Number(library.DeviceGetPowerSource(device, out var value), (uint)value, out number)),
        MaxClock(NvmlClockType.Graphics, SignalId.ClockMaxGraphics),
        MaxClock(NvmlClockType.SM, SignalId.ClockMaxSm),
        MaxClock(NvmlClockType.Mem, SignalId.ClockMaxMemory),
        MaxClock(NvmlClockType.Video, SignalId.ClockMaxVideo),
        ApplicationClock(NvmlClockType.Graphics, SignalId.ClockApplicationGraphics),
        ApplicationClock(NvmlClockType.Mem, SignalId.ClockApplicationMemory),
        BoostClock(NvmlClockType.Graphics, SignalId.ClockBoostGraphics),
        BoostClock(NvmlClockType.Mem, SignalId.ClockBoostMemory),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetClkMonStatus(target.Handle, out var status);
            if (code == NvmlReturn.Success) into.Value(SignalId.ClockMonitorFault, status.GlobalStatus == 0 ? 0 : 1);
            return code;
        }, SignalId.ClockMonitorFault),
    ];

    private static readonly NvmlReading[] Modes =
    [
        One(SignalId.MigEnabled, static (library, device, out number) => Number(library.DeviceGetMigMode(device, out var mode, out _), Flag(mode), out number)),
        One(SignalId.PersistenceEnabled, static (library, device, out number) => Number(library.DeviceGetPersistenceMode(device, out var mode), Flag(mode), out number)),
        One(SignalId.AccountingEnabled, static (library, device, out number) => Number(library.DeviceGetAccountingMode(device, out var mode), Flag(mode), out number)),
        One(SignalId.GspEnabled, static (library, device, out number) => Number(library.DeviceGetGspFirmwareMode(device, out var enabled, out _), enabled == 0 ? 0 : 1, out number)),
        One(SignalId.ComputeMode, static (library, device, out number) => Number(library.DeviceGetComputeMode(device, out var mode), (int)mode, out number)),
        One(SignalId.MemoryEncrypted, static (library, device, out number) =>
            Number(library.DeviceGetDramEncryptionMode(device, out var current, out _), Flag(current.EncryptionState), out number)),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetBAR1MemoryInfo(target.Handle, out var bar1);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.Bar1Used, bar1.Bar1Used);
            into.Value(SignalId.Bar1Free, bar1.Bar1Free);
            return code;
        }, SignalId.Bar1Used, SignalId.Bar1Free) { OfParts = true },
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetConfComputeProtectedMemoryUsage(target.Handle, out var memory);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.ProtectedMemoryUsed, memory.Used);
            into.Value(SignalId.ProtectedMemoryFree, memory.Free);
            return code;
        }, SignalId.ProtectedMemoryUsed, SignalId.ProtectedMemoryFree),
        new(static (source, target, _, into) =>
        {
            // The library answers 0 where confidential computing is off, too: there nobody has to let the cards work.
            var code = source.Library.SystemGetConfComputeState(out var state);
            if (code != NvmlReturn.Success) return code;
            if (state.CcFeature == NvmlEnableState.Disabled) return NvmlReturn.NotSupported;
            code = source.Library.SystemGetConfComputeGpusReadyState(out var isReady);
            if (code == NvmlReturn.Success) into.Value(SignalId.ConfidentialReady, isReady == 0 ? 0 : 1);
            return code;
        }, SignalId.ConfidentialReady),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceQueryDrainState(target.Place, out var state);
            if (code == NvmlReturn.Success) into.Value(SignalId.Draining, Flag(state));
            return code;
        }, SignalId.Draining),
    ];

    /// <summary>Of each fan.</summary>
    private static readonly NvmlReading[] Fans =
    [
        new(static (source, target, fan, into) =>
        {
            var code = NvmlFans.Speed(source.Library, target.Handle, fan, out var percent);
            if (code == NvmlReturn.Success) into.Value(SignalId.FanSpeed, percent / Percent, (ushort)fan);
            return code;
        }, SignalId.FanSpeed),
        new(static (source, target, fan, into) =>
        {
            var code = source.Library.DeviceGetTargetFanSpeed(target.Handle, fan, out var percent);
            if (code == NvmlReturn.Success) into.Value(SignalId.FanTarget, percent / Percent, (ushort)fan);
            return code;
        }, SignalId.FanTarget),
        new(static (source, target, fan, into) =>
        {
            var code = source.Library.DeviceGetFanSpeedRPM(target.Handle, fan, out var speed);
            if (code == NvmlReturn.Success) into.Value(SignalId.FanRevolutions, speed.Speed, (ushort)fan);
            return code;
        }, SignalId.FanRevolutions),
    ];

    private static readonly NvmlReading[] PcieSlow =
    [
        One(SignalId.PcieReplays, static (library, device, out number) => Number(library.DeviceGetPcieReplayCounter(device, out var value), value, out number)),
        One(SignalId.PcieLinkWidthMax, static (library, device, out number) => Number(library.DeviceGetMaxPcieLinkWidth(device, out var value), value, out number)),
        One(SignalId.PcieLinkGenerationMax, static (library, device, out number) => Number(library.DeviceGetMaxPcieLinkGeneration(device, out var value), value, out number)),
        One(SignalId.PcieLinkGenerationCardMax, static (library, device, out number) => Number(library.DeviceGetGpuMaxPcieLinkGeneration(device, out var value), value, out number)),
    ];

    private static NvmlReading Threshold(NvmlTemperatureThresholds threshold, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetTemperatureThreshold(device, threshold, out var celsius), celsius, out number), 1, HighestTemperature);

    private static NvmlReading MaxClock(NvmlClockType type, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetMaxClockInfo(device, type, out var megahertz), megahertz * Mega, out number));

    private static NvmlReading ApplicationClock(NvmlClockType type, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetApplicationsClock(device, type, out var megahertz), megahertz * Mega, out number));

    private static NvmlReading BoostClock(NvmlClockType type, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetMaxCustomerBoostClock(device, type, out var megahertz), megahertz * Mega, out number));

    /// <summary>The sensors that stand beside those of chip and memory; a card that has none of the kind does not offer it.</summary>
    private static NvmlReading Sensor(NvmlThermalTarget wanted, SignalId signal)
        => One(signal, (library, device, out number) =>
        {
            number = 0;
            var code = library.DeviceGetThermalSettings(device, (uint)NvmlThermalTarget.All, out var settings);
            if (code != NvmlReturn.Success) return code;
            ReadOnlySpan<NvmlGpuThermalSettingsSensor> sensors = settings.Sensor;
            for (var i = 0; i < Math.Min(settings.Count, sensors.Length); i++)
            {
                if (sensors[i].Target != wanted) continue;
                number = sensors[i].CurrentTemp;
                return code;
            }

            return NvmlReturn.NotSupported;
        }, 1, HighestTemperature);
}

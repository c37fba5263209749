using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private static readonly (NvmlClocksEventReasons Reason, SignalId Signal)[] ClockReasons =
    [
        (NvmlClocksEventReasons.GpuIdle, SignalId.ClockEventIdle),
        (NvmlClocksEventReasons.ApplicationsClocksSetting, SignalId.ClockEventApplicationClocks),
        (NvmlClocksEventReasons.SwPowerCap, SignalId.ClockEventSoftwarePowerCap),
        (NvmlClocksEventReasons.HwSlowdown, SignalId.ClockEventHardwareSlowdown),
        (NvmlClocksEventReasons.SyncBoost, SignalId.ClockEventSyncBoost),
        (NvmlClocksEventReasons.SwThermalSlowdown, SignalId.ClockEventSoftwareThermal),
        (NvmlClocksEventReasons.HwThermalSlowdown, SignalId.ClockEventHardwareThermal),
        (NvmlClocksEventReasons.HwPowerBrakeSlowdown, SignalId.ClockEventHardwarePowerBrake),
        (NvmlClocksEventReasons.DisplayClockSetting, SignalId.ClockEventDisplay),
    ];

    private static readonly NvmlReading[] Thermal =
    [
        new(static (source, target, _, into) =>
        {
            // Deprecated by NVML 13 and still the one that every driver has; the newer form is signed.
            var code = source.Library.DeviceGetTemperature(target.Handle, NvmlTemperatureSensors.Gpu, out var celsius);
            double value = celsius;
            if (NvmlNoData.IsForGood(code) && (code = source.Library.DeviceGetTemperatureV(target.Handle, NvmlTemperatureSensors.Gpu, out var newer)) == NvmlReturn.Success)
                value = newer.Temperature;
            if (code == NvmlReturn.Success) Put(into, SignalId.TemperatureGpu, value, HighestTemperature);
            return code;
        }, SignalId.TemperatureGpu),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetMarginTemperature(target.Handle, out var margin);
            if (code == NvmlReturn.Success) Put(into, SignalId.TemperatureMargin, margin.MarginTemperature, HighestTemperature);
            return code;
        }, SignalId.TemperatureMargin),
    ];

    private static readonly NvmlReading[] Power =
    [
        One(SignalId.Power, static (library, device, out number) => Number(library.DeviceGetPowerUsage(device, out var value), value, out number), Milli, HighestPower),
        One(SignalId.Energy, static (library, device, out number) => Number(library.DeviceGetTotalEnergyConsumption(device, out var value), value, out number), Milli),
    ];

    private static readonly NvmlReading[] Clocks =
    [
        Clock(NvmlClockType.Graphics, SignalId.ClockGraphics),
        Clock(NvmlClockType.SM, SignalId.ClockSm),
        Clock(NvmlClockType.Mem, SignalId.ClockMemory),
        Clock(NvmlClockType.Video, SignalId.ClockVideo),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetCurrentClocksEventReasons(target.Handle, out var reasons);
            if (code != NvmlReturn.Success) return code;
            foreach (var (reason, signal) in ClockReasons) into.Value(signal, (reasons & reason) != NvmlClocksEventReasons.None ? 1 : 0);
            return code;
        }, [.. ClockReasons.Select(row => row.Signal)]),
        One(SignalId.PerformanceState, static (library, device, out number) => Number(library.DeviceGetPerformanceState(device, out var value), (int)value, out number),
            highest: (int)NvmlPstates.P15),
    ];

    private static readonly NvmlReading[] Utilization =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetUtilizationRates(target.Handle, out var rates);
            if (code != NvmlReturn.Success) return code;
            Put(into, SignalId.UtilizationGpu, rates.Gpu / Percent, 1);
            Put(into, SignalId.UtilizationMemory, rates.Memory / Percent, 1);
            return code;
        }, SignalId.UtilizationGpu, SignalId.UtilizationMemory),
        One(SignalId.UtilizationEncoder, static (library, device, out number) => Number(library.DeviceGetEncoderUtilization(device, out var value, out _), value, out number), Percent, 1),
        One(SignalId.UtilizationDecoder, static (library, device, out number) => Number(library.DeviceGetDecoderUtilization(device, out var value, out _), value, out number), Percent, 1),
        One(SignalId.UtilizationJpeg, static (library, device, out number) => Number(library.DeviceGetJpgUtilization(device, out var value, out _), value, out number), Percent, 1),
        One(SignalId.UtilizationOpticalFlow, static (library, device, out number) => Number(library.DeviceGetOfaUtilization(device, out var value, out _), value, out number), Percent, 1),
    ];

    private static readonly NvmlReading[] Memory =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetMemoryInfo(target.Handle, out NvmlMemoryV2 memory);
            if (code == NvmlReturn.Success)
            {
                into.Value(SignalId.MemoryUsed, memory.Used);
                into.Value(SignalId.MemoryFree, memory.Free);
                into.Value(SignalId.MemoryReserved, memory.Reserved);
                return code;
            }

            if (!NvmlNoData.IsForGood(code) && code != NvmlReturn.InvalidArgument) return code;

            // Drivers before 510 count what they reserve as used; one that only failed just now must not make that jump.
            var newer = code;
            code = source.Library.DeviceGetMemoryInfo(target.Handle, out NvmlMemory older);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.MemoryUsed, older.Used);
            into.Value(SignalId.MemoryFree, older.Free);
            into.None(SignalId.MemoryReserved, NvmlNoData.From(newer));
            return code;
        }, SignalId.MemoryUsed, SignalId.MemoryFree, SignalId.MemoryReserved) { OfParts = true },
    ];

    private static readonly NvmlReading[] Pcie =
    [
        One(SignalId.PcieLinkWidth, static (library, device, out number) => Number(library.DeviceGetCurrPcieLinkWidth(device, out var value), value, out number)),
        One(SignalId.PcieLinkGeneration, static (library, device, out number) => Number(library.DeviceGetCurrPcieLinkGeneration(device, out var value), value, out number)),
    ];

    private static NvmlReading Clock(NvmlClockType type, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetClockInfo(device, type, out var value), value * Mega, out number));

    private static NvmlReturn Number(NvmlReturn code, double value, out double number)
    {
        number = value;
        return code;
    }
}

using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    // Divisors, since the product with 1e-3 is not the nearest number to 652.502.
    private const double Milli = 1e3;
    private const double Nano = 1e9;
    private const double Percent = 100;
    private const double Mega = 1e6;

    /// <summary>°C beyond which no silicon answers any more; a register of all ones reads 255 or more.</summary>
    private const double HighestTemperature = 150;

    /// <summary>W; three times the largest limit of a card known to nvml.h's platforms (GB300, 1.4 kW), so only nonsense lies above.</summary>
    private const double HighestPower = 5000;

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

    private void ReadThermal(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetTemperature(device, NvmlTemperatureSensors.Gpu, out var celsius);
        WriteUpTo(into, SignalId.TemperatureGpu, code, celsius, HighestTemperature);
    }

    private void ReadPower(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetPowerUsage(device, out var milliwatts);
        WriteUpTo(into, SignalId.Power, code, milliwatts / Milli, HighestPower);
        code = Library.DeviceGetTotalEnergyConsumption(device, out var millijoules);
        Write(into, SignalId.Energy, code, millijoules / Milli);
    }

    private void ReadClocks(NvmlDevice device, SampleFrame into)
    {
        ReadClock(device, NvmlClockType.Graphics, SignalId.ClockGraphics, into);
        ReadClock(device, NvmlClockType.SM, SignalId.ClockSm, into);
        ReadClock(device, NvmlClockType.Mem, SignalId.ClockMemory, into);
        ReadClock(device, NvmlClockType.Video, SignalId.ClockVideo, into);
        var code = Library.DeviceGetCurrentClocksEventReasons(device, out var reasons);
        foreach (var (reason, signal) in ClockReasons) Write(into, signal, code, (reasons & reason) != NvmlClocksEventReasons.None ? 1 : 0);
        code = Library.DeviceGetPerformanceState(device, out var state);
        WriteUpTo(into, SignalId.PerformanceState, code, (int)state, (int)NvmlPstates.P15);
    }

    private void ReadClock(NvmlDevice device, NvmlClockType type, SignalId signal, SampleFrame into)
    {
        var code = Library.DeviceGetClockInfo(device, type, out var megahertz);
        Write(into, signal, code, megahertz * Mega);
    }

    private void ReadUtilization(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetUtilizationRates(device, out var rates);
        WriteUpTo(into, SignalId.UtilizationGpu, code, rates.Gpu / Percent, 1);
        WriteUpTo(into, SignalId.UtilizationMemory, code, rates.Memory / Percent, 1);
        code = Library.DeviceGetEncoderUtilization(device, out var percent, out _);
        WriteUpTo(into, SignalId.UtilizationEncoder, code, percent / Percent, 1);
        code = Library.DeviceGetDecoderUtilization(device, out percent, out _);
        WriteUpTo(into, SignalId.UtilizationDecoder, code, percent / Percent, 1);
        code = Library.DeviceGetJpgUtilization(device, out percent, out _);
        WriteUpTo(into, SignalId.UtilizationJpeg, code, percent / Percent, 1);
        code = Library.DeviceGetOfaUtilization(device, out percent, out _);
        WriteUpTo(into, SignalId.UtilizationOpticalFlow, code, percent / Percent, 1);
    }

    private void ReadMemory(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetMemoryInfo(device, out NvmlMemoryV2 memory);
        if (code == NvmlReturn.Success)
        {
            into.Value(SignalId.MemoryUsed, memory.Used);
            into.Value(SignalId.MemoryFree, memory.Free);
            into.Value(SignalId.MemoryReserved, memory.Reserved);
            return;
        }

        // Drivers before 510 count what they reserve as used.
        into.None(SignalId.MemoryReserved, NvmlNoData.From(code));
        code = Library.DeviceGetMemoryInfo(device, out NvmlMemory older);
        Write(into, SignalId.MemoryUsed, code, older.Used);
        Write(into, SignalId.MemoryFree, code, older.Free);
    }

    private void ReadPcie(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetCurrPcieLinkWidth(device, out var lanes);
        Write(into, SignalId.PcieLinkWidth, code, lanes);
        code = Library.DeviceGetCurrPcieLinkGeneration(device, out var generation);
        Write(into, SignalId.PcieLinkGeneration, code, generation);
    }
}

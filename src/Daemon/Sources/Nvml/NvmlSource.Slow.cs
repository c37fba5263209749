using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>NVML_NVLINK_MAX_LINKS of nvml.h 610, the largest so far; only a loop bound.</summary>
    private const int MaxLinks = 36;

    private static readonly (NvmlNvLinkErrorCounter Counter, SignalId Signal)[] LinkErrors =
    [
        (NvmlNvLinkErrorCounter.DlReplay, SignalId.LinkErrorsReplay),
        (NvmlNvLinkErrorCounter.DlRecovery, SignalId.LinkErrorsRecovery),
        (NvmlNvLinkErrorCounter.DlCrcFlit, SignalId.LinkErrorsCrcFlit),
        (NvmlNvLinkErrorCounter.DlCrcData, SignalId.LinkErrorsCrcData),
        (NvmlNvLinkErrorCounter.DlEccData, SignalId.LinkErrorsEccData),
    ];

    private void ReadLimits(NvmlDevice device, SampleFrame into)
    {
        ReadThreshold(device, NvmlTemperatureThresholds.Shutdown, SignalId.TemperatureLimitShutdown, into);
        ReadThreshold(device, NvmlTemperatureThresholds.Slowdown, SignalId.TemperatureLimitSlowdown, into);
        ReadThreshold(device, NvmlTemperatureThresholds.MemMax, SignalId.TemperatureLimitMemory, into);
        ReadThreshold(device, NvmlTemperatureThresholds.GpuMax, SignalId.TemperatureLimitGpu, into);
        var code = Library.DeviceGetEnforcedPowerLimit(device, out var milliwatts);
        WriteUpTo(into, SignalId.PowerLimit, code, milliwatts / Milli, HighestPower);
        ReadMaxClock(device, NvmlClockType.Graphics, SignalId.ClockMaxGraphics, into);
        ReadMaxClock(device, NvmlClockType.SM, SignalId.ClockMaxSm, into);
        ReadMaxClock(device, NvmlClockType.Mem, SignalId.ClockMaxMemory, into);
        ReadMaxClock(device, NvmlClockType.Video, SignalId.ClockMaxVideo, into);
    }

    private void ReadThreshold(NvmlDevice device, NvmlTemperatureThresholds threshold, SignalId signal, SampleFrame into)
    {
        var code = Library.DeviceGetTemperatureThreshold(device, threshold, out var celsius);
        WriteUpTo(into, signal, code, celsius, HighestTemperature);
    }

    private void ReadMaxClock(NvmlDevice device, NvmlClockType type, SignalId signal, SampleFrame into)
    {
        var code = Library.DeviceGetMaxClockInfo(device, type, out var megahertz);
        Write(into, signal, code, megahertz * Mega);
    }

    private void ReadModes(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetMigMode(device, out var mig, out _);
        WriteState(into, SignalId.MigEnabled, code, mig);
        code = Library.DeviceGetPersistenceMode(device, out var persistence);
        WriteState(into, SignalId.PersistenceEnabled, code, persistence);
        code = Library.DeviceGetBAR1MemoryInfo(device, out var bar1);
        Write(into, SignalId.Bar1Used, code, bar1.Bar1Used);
        Write(into, SignalId.Bar1Free, code, bar1.Bar1Free);
    }

    private void ReadRetiredPages(NvmlDevice device, SampleFrame into)
    {
        ReadRetiredPages(device, NvmlPageRetirementCause.MultipleSingleBitEccErrors, SignalId.RetiredPagesSingleBit, into);
        ReadRetiredPages(device, NvmlPageRetirementCause.DoubleBitEccError, SignalId.RetiredPagesDoubleBit, into);
        var code = Library.DeviceGetRetiredPagesPendingStatus(device, out var pending);
        WriteState(into, SignalId.RetiredPagesPending, code, pending);
    }

    private void ReadRetiredPages(NvmlDevice device, NvmlPageRetirementCause cause, SignalId signal, SampleFrame into)
    {
        // Only the count is wanted: with no room given, the library answers with the size that it would need.
        var code = Library.DeviceGetRetiredPages(device, cause, [], [], out var count);
        Write(into, signal, code == NvmlReturn.InsufficientSize ? NvmlReturn.Success : code, count);
    }

    private void ReadRemappedRows(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetRemappedRows(device, out var correctable, out var uncorrectable, out var pending, out var failed);
        Write(into, SignalId.RemappedRowsCorrectable, code, correctable);
        Write(into, SignalId.RemappedRowsUncorrectable, code, uncorrectable);
        Write(into, SignalId.RowRemapPending, code, pending == 0 ? 0 : 1);
        Write(into, SignalId.RowRemapFailed, code, failed == 0 ? 0 : 1);
        code = Library.DeviceGetRowRemapperHistogram(device, out var banks);
        Write(into, SignalId.RowRemapBanksMax, code, banks.Max);
        Write(into, SignalId.RowRemapBanksHigh, code, banks.High);
        Write(into, SignalId.RowRemapBanksPartial, code, banks.Partial);
        Write(into, SignalId.RowRemapBanksLow, code, banks.Low);
        Write(into, SignalId.RowRemapBanksNone, code, banks.None);
    }

    private void ReadPcieSlow(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetPcieReplayCounter(device, out var replays);
        Write(into, SignalId.PcieReplays, code, replays);
        code = Library.DeviceGetMaxPcieLinkWidth(device, out var lanes);
        Write(into, SignalId.PcieLinkWidthMax, code, lanes);
        code = Library.DeviceGetMaxPcieLinkGeneration(device, out var generation);
        Write(into, SignalId.PcieLinkGenerationMax, code, generation);
    }

    private void ReadLinks(NvmlTarget target, SampleFrame into)
    {
        for (ushort link = 0; link < target.Links; link++)
        {
            var code = Library.DeviceGetNvLinkState(target.Handle, link, out var state);
            Write(into, SignalId.LinkUp, code, state == NvmlEnableState.Enabled ? 1 : 0, link);
            foreach (var (counter, signal) in LinkErrors)
            {
                code = Library.DeviceGetNvLinkErrorCounter(target.Handle, link, counter, out var errors);
                Write(into, signal, code, errors, link);
            }
        }
    }
}

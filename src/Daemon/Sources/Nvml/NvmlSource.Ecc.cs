using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private static readonly (NvmlMemoryErrorType Error, NvmlEccCounterType Span, SignalId Signal)[] EccTotals =
    [
        (NvmlMemoryErrorType.Corrected, NvmlEccCounterType.Volatile, SignalId.EccCorrected),
        (NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Volatile, SignalId.EccUncorrected),
        (NvmlMemoryErrorType.Corrected, NvmlEccCounterType.Aggregate, SignalId.EccLifetimeCorrected),
        (NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Aggregate, SignalId.EccLifetimeUncorrected),
    ];

    private static readonly (NvmlMemoryLocation Location, SignalId Corrected, SignalId Uncorrected)[] EccLocations =
    [
        (NvmlMemoryLocation.Dram, SignalId.EccCorrectedDram, SignalId.EccUncorrectedDram),
        (NvmlMemoryLocation.Sram, SignalId.EccCorrectedSram, SignalId.EccUncorrectedSram),
        (NvmlMemoryLocation.L1Cache, SignalId.EccCorrectedL1Cache, SignalId.EccUncorrectedL1Cache),
        (NvmlMemoryLocation.L2Cache, SignalId.EccCorrectedL2Cache, SignalId.EccUncorrectedL2Cache),
        (NvmlMemoryLocation.RegisterFile, SignalId.EccCorrectedRegisterFile, SignalId.EccUncorrectedRegisterFile),
    ];

    private void ReadEcc(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetEccMode(device, out var mode, out _);
        WriteState(into, SignalId.EccEnabled, code, mode);
        foreach (var (error, span, signal) in EccTotals)
        {
            code = Library.DeviceGetTotalEccErrors(device, error, span, out var count);
            Write(into, signal, code, count);
        }

        foreach (var (location, corrected, uncorrected) in EccLocations)
        {
            ReadEccLocation(device, NvmlMemoryErrorType.Corrected, location, corrected, into);
            ReadEccLocation(device, NvmlMemoryErrorType.Uncorrected, location, uncorrected, into);
        }
    }

    private void ReadEccLocation(NvmlDevice device, NvmlMemoryErrorType error, NvmlMemoryLocation location, SignalId signal, SampleFrame into)
    {
        var code = Library.DeviceGetMemoryErrorCounter(device, error, NvmlEccCounterType.Volatile, location, out var count);
        // A location that the chip does not have is an invalid argument to some drivers.
        Write(into, signal, code == NvmlReturn.InvalidArgument ? NvmlReturn.NotSupported : code, count);
    }

    private void ReadEccSram(NvmlDevice device, SampleFrame into)
    {
        var code = Library.DeviceGetSramEccErrorStatus(device, out var status);
        Write(into, SignalId.EccSramParity, code, status.AggregateUncParity);
        Write(into, SignalId.EccSramSecDed, code, status.AggregateUncSecDed);
        Write(into, SignalId.EccSramThresholdExceeded, code, status.ThresholdExceeded == 0 ? 0 : 1);
    }
}

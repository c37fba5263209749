using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private static readonly NvmlReading[] Ecc =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetEccMode(target.Handle, out var mode, out var pending);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.EccEnabled, Flag(mode));
            into.Value(SignalId.EccPending, Flag(pending));
            return code;
        }, SignalId.EccEnabled, SignalId.EccPending),
        One(SignalId.EccDefault, static (library, device, out number) => Number(library.DeviceGetDefaultEccMode(device, out var mode), Flag(mode), out number)),
        Total(NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Volatile, SignalId.EccUncorrected),
        Total(NvmlMemoryErrorType.Corrected, NvmlEccCounterType.Aggregate, SignalId.EccLifetimeCorrected),
        Total(NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Aggregate, SignalId.EccLifetimeUncorrected),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.Dram, SignalId.EccCorrectedDram),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Dram, SignalId.EccUncorrectedDram),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.Sram, SignalId.EccCorrectedSram),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Sram, SignalId.EccUncorrectedSram),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.L1Cache, SignalId.EccCorrectedL1Cache),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.L1Cache, SignalId.EccUncorrectedL1Cache),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.L2Cache, SignalId.EccCorrectedL2Cache),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.L2Cache, SignalId.EccUncorrectedL2Cache),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.RegisterFile, SignalId.EccCorrectedRegisterFile),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.RegisterFile, SignalId.EccUncorrectedRegisterFile),
        Located(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.TextureMemory, SignalId.EccCorrectedTexture),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.TextureMemory, SignalId.EccUncorrectedTexture),
        Located(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Cbu, SignalId.EccUncorrectedControl),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.Dram, SignalId.EccLifetimeCorrectedDram),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.Sram, SignalId.EccLifetimeCorrectedSram),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.L1Cache, SignalId.EccLifetimeCorrectedL1Cache),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.L2Cache, SignalId.EccLifetimeCorrectedL2Cache),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.RegisterFile, SignalId.EccLifetimeCorrectedRegisterFile),
        OfLife(NvmlMemoryErrorType.Corrected, NvmlMemoryLocation.TextureMemory, SignalId.EccLifetimeCorrectedTexture),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Dram, SignalId.EccLifetimeUncorrectedDram),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Sram, SignalId.EccLifetimeUncorrectedSram),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.L1Cache, SignalId.EccLifetimeUncorrectedL1Cache),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.L2Cache, SignalId.EccLifetimeUncorrectedL2Cache),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.RegisterFile, SignalId.EccLifetimeUncorrectedRegisterFile),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.TextureMemory, SignalId.EccLifetimeUncorrectedTexture),
        OfLife(NvmlMemoryErrorType.Uncorrected, NvmlMemoryLocation.Cbu, SignalId.EccLifetimeUncorrectedControl),
    ];

    /// <summary>
    /// Every second: a storm of them slows the driver, and what is read once a minute may not be read again before the calls hang (the GB200 card of
    /// NVSentinel issue 1748).
    /// </summary>
    private static readonly NvmlReading[] EccCorrected = [Total(NvmlMemoryErrorType.Corrected, NvmlEccCounterType.Volatile, SignalId.EccCorrected)];

    private static readonly NvmlReading[] EccSram =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetSramEccErrorStatus(target.Handle, out var status);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.EccSramParity, status.AggregateUncParity);
            into.Value(SignalId.EccSramSecDed, status.AggregateUncSecDed);
            into.Value(SignalId.EccSramDriverParity, status.VolatileUncParity);
            into.Value(SignalId.EccSramDriverSecDed, status.VolatileUncSecDed);
            into.Value(SignalId.EccSramUnitL2, status.AggregateUncBucketL2);
            into.Value(SignalId.EccSramUnitSm, status.AggregateUncBucketSm);
            into.Value(SignalId.EccSramUnitPcie, status.AggregateUncBucketPcie);
            into.Value(SignalId.EccSramUnitMicrocontroller, status.AggregateUncBucketMcu);
            into.Value(SignalId.EccSramUnitOther, status.AggregateUncBucketOther);
            into.Value(SignalId.EccSramThresholdExceeded, status.ThresholdExceeded == 0 ? 0 : 1);
            return code;
        },
        SignalId.EccSramParity, SignalId.EccSramSecDed, SignalId.EccSramDriverParity, SignalId.EccSramDriverSecDed, SignalId.EccSramUnitL2,
        SignalId.EccSramUnitSm, SignalId.EccSramUnitPcie, SignalId.EccSramUnitMicrocontroller, SignalId.EccSramUnitOther,
        SignalId.EccSramThresholdExceeded),
        new(static (source, target, _, into) =>
        {
            // Only the number of places is wanted: with no room given, the library answers with the size that it would need.
            var code = source.Library.DeviceGetSramUniqueUncorrectedEccErrorCounts(target.Handle, [], out var places);
            if (code is not (NvmlReturn.Success or NvmlReturn.InsufficientSize)) return code;
            into.Value(SignalId.EccSramPlaces, places);
            return NvmlReturn.Success;
        }, SignalId.EccSramPlaces),
    ];

    private static NvmlReading Total(NvmlMemoryErrorType error, NvmlEccCounterType span, SignalId signal)
        => One(signal, (library, device, out number) => Number(library.DeviceGetTotalEccErrors(device, error, span, out var count), count, out number));

    /// <summary>A part of a card tells the uncorrected errors outside of its memory and nothing else (nvml.h).</summary>
    private static NvmlReading Located(NvmlMemoryErrorType error, NvmlMemoryLocation location, SignalId signal)
        => Counter(error, NvmlEccCounterType.Volatile, location, signal, ofParts: error == NvmlMemoryErrorType.Uncorrected && location != NvmlMemoryLocation.Dram);

    /// <summary>Kept in the infoROM, so slow to read: never in the fast sweep. Of whole cards alone.</summary>
    private static NvmlReading OfLife(NvmlMemoryErrorType error, NvmlMemoryLocation location, SignalId signal)
        => Counter(error, NvmlEccCounterType.Aggregate, location, signal, ofParts: false);

    private static NvmlReading Counter(NvmlMemoryErrorType error, NvmlEccCounterType span, NvmlMemoryLocation location, SignalId signal, bool ofParts)
        => One(signal, (library, device, out number) =>
        {
            var code = library.DeviceGetMemoryErrorCounter(device, error, span, location, out var count);
            number = count;
            // A location that the chip does not have is an invalid argument to some drivers.
            return code == NvmlReturn.InvalidArgument ? NvmlReturn.NotSupported : code;
        }, ofParts: ofParts);

    private static double Flag(NvmlEnableState state) => state == NvmlEnableState.Disabled ? 0 : 1;
}

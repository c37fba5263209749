using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private static readonly NvmlReading[] RetiredPages =
    [
        Retired(NvmlPageRetirementCause.MultipleSingleBitEccErrors, SignalId.RetiredPagesSingleBit),
        Retired(NvmlPageRetirementCause.DoubleBitEccError, SignalId.RetiredPagesDoubleBit),
        One(SignalId.RetiredPagesPending, static (library, device, out number) => Number(library.DeviceGetRetiredPagesPendingStatus(device, out var pending), Flag(pending), out number)),
    ];

    private static readonly NvmlReading[] RemappedRows =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetRemappedRows(target.Handle, out var correctable, out var uncorrectable, out var pending, out var failed);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.RemappedRowsCorrectable, correctable);
            into.Value(SignalId.RemappedRowsUncorrectable, uncorrectable);
            into.Value(SignalId.RowRemapPending, pending == 0 ? 0 : 1);
            into.Value(SignalId.RowRemapFailed, failed == 0 ? 0 : 1);
            return code;
        }, SignalId.RemappedRowsCorrectable, SignalId.RemappedRowsUncorrectable, SignalId.RowRemapPending, SignalId.RowRemapFailed),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetRemappedRows(target.Handle, out NvmlRemappedRowsInfoV2 rows);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.RemappedRowsInactiveCorrectable, rows.CorrInactiveRemaps);
            into.Value(SignalId.RemappedRowsInactiveUncorrectable, rows.UncInactiveRemaps);
            return code;
        }, SignalId.RemappedRowsInactiveCorrectable, SignalId.RemappedRowsInactiveUncorrectable),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetRowRemapperHistogram(target.Handle, out var banks);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.RowRemapBanksMax, banks.Max);
            into.Value(SignalId.RowRemapBanksHigh, banks.High);
            into.Value(SignalId.RowRemapBanksPartial, banks.Partial);
            into.Value(SignalId.RowRemapBanksLow, banks.Low);
            into.Value(SignalId.RowRemapBanksNone, banks.None);
            return code;
        }, SignalId.RowRemapBanksMax, SignalId.RowRemapBanksHigh, SignalId.RowRemapBanksPartial, SignalId.RowRemapBanksLow, SignalId.RowRemapBanksNone),
    ];

    private static readonly NvmlReading[] Repair =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetRepairStatus(target.Handle, out var status);
            if (code != NvmlReturn.Success) return code;
            into.Value(SignalId.RepairPendingChannel, status.ChannelRepairPending == 0 ? 0 : 1);
            into.Value(SignalId.RepairPendingTpc, status.TpcRepairPending == 0 ? 0 : 1);
            return code;
        }, SignalId.RepairPendingChannel, SignalId.RepairPendingTpc),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetUnrepairableMemoryFlag(target.Handle, out var status);
            if (code == NvmlReturn.Success) into.Value(SignalId.MemoryUnrepairable, status.UnrepairableMemory == 0 ? 0 : 1);
            return code;
        }, SignalId.MemoryUnrepairable),
    ];

    /// <summary>A flash does not decay in less, and each look reads all of it.</summary>
    private static readonly TimeSpan InforomPeriod = TimeSpan.FromHours(1);

    /// <summary>
    /// It reads the whole flash, so it has a group of its own: whether it hangs or takes long is then told apart. In between, what it found last
    /// is told again; a card that did not say is asked in the next sweep.
    /// </summary>
    private static readonly NvmlReading[] Inforom =
    [
        new(static (source, target, _, into) =>
        {
            if (target.IsInforomValid is null || source.Elapsed(target.InforomValidated) >= InforomPeriod)
            {
                target.IsInforomValid = null;
                var code = source.Library.DeviceValidateInforom(target.Handle);
                if (code is not (NvmlReturn.Success or NvmlReturn.CorruptedInforom)) return code;
                (target.IsInforomValid, target.InforomValidated) = (code == NvmlReturn.Success, source.Now);
            }

            into.Value(SignalId.ConfigurationImageValid, target.IsInforomValid.Value ? 1 : 0);
            return NvmlReturn.Success;
        }, SignalId.ConfigurationImageValid),
    ];

    private static NvmlReading Retired(NvmlPageRetirementCause cause, SignalId signal)
        => One(signal, (library, device, out number) =>
        {
            // Only the count is wanted: with no room given, the library answers with the size that it would need.
            var code = library.DeviceGetRetiredPages(device, cause, [], [], out var count);
            number = count;
            return code == NvmlReturn.InsufficientSize ? NvmlReturn.Success : code;
        });
}

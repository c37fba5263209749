namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Ecc() => [.. EccCounts(), .. EccSram(), .. RetiredPages(), .. RemappedRows()];

    private static Signal[] EccCounts()
    {
        var enabled = new MetricFamily("forewarn_device_ecc_enabled", SignalKind.State, SignalUnit.None, "1 while error correction is on.");
        var pending = new MetricFamily("forewarn_device_ecc_enabled_next", SignalKind.State, SignalUnit.None,
            "1 when error correction will be on after the next reset.");
        var byDefault = new MetricFamily("forewarn_device_ecc_enabled_default", SignalKind.State, SignalUnit.None,
            "1 when error correction is on unless somebody changes it.");
        var all = new MetricFamily("forewarn_device_ecc_all_errors_total", SignalKind.Counter, SignalUnit.None,
            "Memory errors of every location together: since the driver was loaded (span=driver), or over the card's life (span=life).");
        var located = new MetricFamily("forewarn_device_ecc_errors_total", SignalKind.Counter, SignalUnit.None,
            "Memory errors by location since the driver was loaded.");
        var life = new MetricFamily("forewarn_device_ecc_life_errors_total", SignalKind.Counter, SignalUnit.None,
            "Memory errors by location over the card's life.");
        return
        [
            Row(SignalId.EccEnabled, enabled, SampleGroup.Slow),
            Row(SignalId.EccPending, pending, SampleGroup.Slow),
            Row(SignalId.EccDefault, byDefault, SampleGroup.Slow),
            Row(SignalId.EccCorrected, all, SampleGroup.Fast, "severity", "corrected", "span", "driver"),
            Row(SignalId.EccUncorrected, all, SampleGroup.Slow, "severity", "uncorrected", "span", "driver"),
            Row(SignalId.EccLifetimeCorrected, all, SampleGroup.Slow, "severity", "corrected", "span", "life") with { IsOfLife = true },
            Row(SignalId.EccLifetimeUncorrected, all, SampleGroup.Slow, "severity", "uncorrected", "span", "life") with { IsOfLife = true },
            Corrected(SignalId.EccCorrectedDram, "dram"),
            Corrected(SignalId.EccCorrectedSram, "sram"),
            Corrected(SignalId.EccCorrectedL1Cache, "l1_cache"),
            Corrected(SignalId.EccCorrectedL2Cache, "l2_cache"),
            Corrected(SignalId.EccCorrectedRegisterFile, "register_file"),
            Uncorrected(SignalId.EccUncorrectedDram, "dram"),
            Uncorrected(SignalId.EccUncorrectedSram, "sram"),
            Uncorrected(SignalId.EccUncorrectedL1Cache, "l1_cache"),
            Uncorrected(SignalId.EccUncorrectedL2Cache, "l2_cache"),
            Uncorrected(SignalId.EccUncorrectedRegisterFile, "register_file"),
            Corrected(SignalId.EccCorrectedTexture, "texture"),
            Uncorrected(SignalId.EccUncorrectedTexture, "texture"),
            Uncorrected(SignalId.EccUncorrectedControl, "control"),
            OfLife(SignalId.EccLifetimeCorrectedDram, "corrected", "dram"),
            OfLife(SignalId.EccLifetimeCorrectedSram, "corrected", "sram"),
            OfLife(SignalId.EccLifetimeCorrectedL1Cache, "corrected", "l1_cache"),
            OfLife(SignalId.EccLifetimeCorrectedL2Cache, "corrected", "l2_cache"),
            OfLife(SignalId.EccLifetimeCorrectedRegisterFile, "corrected", "register_file"),
            OfLife(SignalId.EccLifetimeCorrectedTexture, "corrected", "texture"),
            OfLife(SignalId.EccLifetimeUncorrectedDram, "uncorrected", "dram"),
            OfLife(SignalId.EccLifetimeUncorrectedSram, "uncorrected", "sram"),
            OfLife(SignalId.EccLifetimeUncorrectedL1Cache, "uncorrected", "l1_cache"),
            OfLife(SignalId.EccLifetimeUncorrectedL2Cache, "uncorrected", "l2_cache"),
            OfLife(SignalId.EccLifetimeUncorrectedRegisterFile, "uncorrected", "register_file"),
            OfLife(SignalId.EccLifetimeUncorrectedTexture, "uncorrected", "texture"),
            OfLife(SignalId.EccLifetimeUncorrectedControl, "uncorrected", "control"),
        ];

        Signal Corrected(SignalId id, string memory) => Row(id, located, SampleGroup.Slow, "severity", "corrected", "memory", memory);
        Signal Uncorrected(SignalId id, string memory) => Row(id, located, SampleGroup.Slow, "severity", "uncorrected", "memory", memory);
        Signal OfLife(SignalId id, string severity, string memory)
            => Row(id, life, SampleGroup.Slow, "severity", severity, "memory", memory) with { IsOfLife = true };
    }

    private static Signal[] EccSram()
    {
        var sram = new MetricFamily("forewarn_device_ecc_sram_uncorrected_errors_total", SignalKind.Counter, SignalUnit.None,
            "Uncorrected errors of on-chip memory over the card's life, by the check that found them; needs the privileged unit.");
        var driver = new MetricFamily("forewarn_device_ecc_sram_driver_errors_total", SignalKind.Counter, SignalUnit.None,
            "Uncorrected errors of on-chip memory since the driver was loaded, by the check that found them; needs the privileged unit.");
        var unit = new MetricFamily("forewarn_device_ecc_sram_unit_errors_total", SignalKind.Counter, SignalUnit.None,
            "Uncorrected errors of on-chip memory over the card's life, by the unit they were in; needs the privileged unit.");
        var places = new MetricFamily("forewarn_device_ecc_sram_places", SignalKind.Gauge, SignalUnit.None,
            "Different places of on-chip memory that had an uncorrected error.");
        var exceeded = new MetricFamily("forewarn_device_ecc_sram_threshold_exceeded", SignalKind.State, SignalUnit.None,
            "1 when on-chip memory passed the maker's limit for replacement; needs the privileged unit.");
        return
        [
            Row(SignalId.EccSramParity, sram, SampleGroup.Slow, "check", "parity") with { IsOfLife = true },
            Row(SignalId.EccSramSecDed, sram, SampleGroup.Slow, "check", "sec_ded") with { IsOfLife = true },
            Row(SignalId.EccSramDriverParity, driver, SampleGroup.Slow, "check", "parity"),
            Row(SignalId.EccSramDriverSecDed, driver, SampleGroup.Slow, "check", "sec_ded"),
            Row(SignalId.EccSramUnitL2, unit, SampleGroup.Slow, "unit", "l2_cache") with { IsOfLife = true },
            Row(SignalId.EccSramUnitSm, unit, SampleGroup.Slow, "unit", "sm") with { IsOfLife = true },
            Row(SignalId.EccSramUnitPcie, unit, SampleGroup.Slow, "unit", "pcie") with { IsOfLife = true },
            Row(SignalId.EccSramUnitMicrocontroller, unit, SampleGroup.Slow, "unit", "microcontroller") with { IsOfLife = true },
            Row(SignalId.EccSramUnitOther, unit, SampleGroup.Slow, "unit", "other") with { IsOfLife = true },
            Row(SignalId.EccSramPlaces, places, SampleGroup.Slow),
            Row(SignalId.EccSramThresholdExceeded, exceeded, SampleGroup.Slow),
        ];
    }

    private static Signal[] RetiredPages()
    {
        var retired = new MetricFamily("forewarn_device_retired_pages", SignalKind.Gauge, SignalUnit.None,
            "Pages of device memory taken out of use, by cause (cards before row remapping).");
        var pending = new MetricFamily("forewarn_device_retired_pages_pending", SignalKind.State, SignalUnit.None,
            "1 while a page waits for the next driver load to be taken out of use.");
        return
        [
            Row(SignalId.RetiredPagesSingleBit, retired, SampleGroup.Slow, "cause", "multiple_single_bit") with { IsOfLife = true },
            Row(SignalId.RetiredPagesDoubleBit, retired, SampleGroup.Slow, "cause", "double_bit") with { IsOfLife = true },
            Row(SignalId.RetiredPagesPending, pending, SampleGroup.Slow),
        ];
    }

    private static Signal[] RemappedRows()
    {
        var rows = new MetricFamily("forewarn_device_remapped_rows_total", SignalKind.Counter, SignalUnit.None,
            "Rows of device memory replaced by spare ones over the card's life, by cause.");
        var inactive = new MetricFamily("forewarn_device_remapped_rows_inactive", SignalKind.Gauge, SignalUnit.None,
            "Rows whose replacement waits for a reset or is no longer in use, by cause.");
        var pending = new MetricFamily("forewarn_device_row_remap_pending", SignalKind.State, SignalUnit.None,
            "1 while a remapped row waits for a reset of the card.");
        var failed = new MetricFamily("forewarn_device_row_remap_failed", SignalKind.State, SignalUnit.None,
            "1 when a row could not be remapped: no spare was left.");
        var banks = new MetricFamily("forewarn_device_row_remap_banks", SignalKind.Gauge, SignalUnit.None,
            "Memory banks by how many of their spare rows are left.");
        return
        [
            Row(SignalId.RemappedRowsCorrectable, rows, SampleGroup.Slow, "cause", "correctable") with { IsOfLife = true },
            Row(SignalId.RemappedRowsUncorrectable, rows, SampleGroup.Slow, "cause", "uncorrectable") with { IsOfLife = true },
            Row(SignalId.RemappedRowsInactiveCorrectable, inactive, SampleGroup.Slow, "cause", "correctable"),
            Row(SignalId.RemappedRowsInactiveUncorrectable, inactive, SampleGroup.Slow, "cause", "uncorrectable"),
            Row(SignalId.RowRemapPending, pending, SampleGroup.Slow),
            Row(SignalId.RowRemapFailed, failed, SampleGroup.Slow),
            Row(SignalId.RowRemapBanksMax, banks, SampleGroup.Slow, "spares", "max"),
            Row(SignalId.RowRemapBanksHigh, banks, SampleGroup.Slow, "spares", "high"),
            Row(SignalId.RowRemapBanksPartial, banks, SampleGroup.Slow, "spares", "partial"),
            Row(SignalId.RowRemapBanksLow, banks, SampleGroup.Slow, "spares", "low"),
            Row(SignalId.RowRemapBanksNone, banks, SampleGroup.Slow, "spares", "none"),
        ];
    }

    private static Signal[] Repair()
    {
        var pending = new MetricFamily("forewarn_device_repair_pending", SignalKind.State, SignalUnit.None,
            "1 while the card can repair a part of itself at its next reset.");
        var unrepairable = new MetricFamily("forewarn_device_memory_unrepairable", SignalKind.State, SignalUnit.None,
            "1 when the card says that its memory cannot be repaired any more.");
        var valid = new MetricFamily("forewarn_device_configuration_image_valid", SignalKind.State, SignalUnit.None,
            "1 while the card's configuration image (InfoROM) passes its own check.");
        var action = new MetricFamily("forewarn_device_recovery_action", SignalKind.State, SignalUnit.None,
            "What the driver advises: 0 nothing, 1 reset the card, 2 reboot the node, 3 drain its peers, 4 drain and reset, 5 recover the memory domain.");
        return
        [
            Row(SignalId.RepairPendingChannel, pending, SampleGroup.Slow, "part", "memory_channel"),
            Row(SignalId.RepairPendingTpc, pending, SampleGroup.Slow, "part", "tpc"),
            Row(SignalId.MemoryUnrepairable, unrepairable, SampleGroup.Slow),
            Row(SignalId.ConfigurationImageValid, valid, SampleGroup.Slow),
            Row(SignalId.RecoveryAction, action, SampleGroup.Slow),
        ];
    }
}

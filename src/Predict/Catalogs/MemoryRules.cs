namespace Forewarn.Predict.Catalogs;

/// <summary>Numbers of NVIDIA's memory rules ("NVIDIA GPU Memory Error Management" and DCGM's health watch), for rules that look at the counters.</summary>
public static class MemoryRules
{
    /// <summary>Most pages that can be retired before Ampere.</summary>
    public const int RetiredPagesMost = 64;

    /// <summary>Retired pages from which DCGM calls the card failed (DcgmHealthWatch.cpp: single and double bit together).</summary>
    public const int RetiredPagesFailed = 63;

    /// <summary>Pages retired for double-bit errors above which growth counts (DcgmHealthWatch.cpp).</summary>
    public const int RetiredPagesDoubleBit = 15;

    /// <summary>New ones within a week, above that number, from which the card has failed (DcgmHealthWatch.cpp: more than one).</summary>
    public const int RetiredPagesDoubleBitPerWeek = 1;

    /// <summary>Uncorrectable remaps in one bank from which the failure flag is set.</summary>
    public const int RowRemapsPerBank = 8;

    /// <summary>Uncorrectable remaps on a whole card from which the failure flag is set.</summary>
    public const int RowRemapsPerCard = 512;

    /// <summary>Unique uncorrectable errors at one address of parity-protected SRAM that are still borne.</summary>
    public const int SramParityErrors = 4;

    /// <summary>The same for SRAM with single-error correction.</summary>
    public const int SramSecDedErrors = 2;
}

namespace Forewarn.Predict.Catalogs;

/// <summary>What a bit in the registers of Xid 74 stands for; ordered from nothing to the gravest, so that the gravest bit decides.</summary>
internal enum Xid74Bit : byte
{
    /// <summary>May be ignored.</summary>
    Ignored,

    /// <summary>A threshold of corrected errors was passed; operation goes on.</summary>
    CorrectedThreshold,

    /// <summary>Follows another error; that one counts.</summary>
    Secondary,

    /// <summary>Of interest when it repeats.</summary>
    ReportIfRepeated,

    /// <summary>When it repeats, the field diagnosis should look.</summary>
    DiagnoseIfRepeated,

    /// <summary>Most likely hardware (ECC, parity); to act on when a link had it more than twice.</summary>
    EccOrParity,

    /// <summary>Follows another error, and the fabric must be reset.</summary>
    SecondaryNeedsReset,

    /// <summary>Not listed: NVIDIA asks for a report.</summary>
    Unlisted,

    /// <summary>Marginal signal: connection, cable.</summary>
    MarginalSignal,

    /// <summary>Possibly hardware: reseat, then diagnose.</summary>
    PossiblyHardware,
}

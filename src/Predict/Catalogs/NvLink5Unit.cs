namespace Forewarn.Predict.Catalogs;

/// <summary>The unit of NVLink 5 that reports; R575 numbered them anew.</summary>
internal enum NvLink5Unit : byte
{
    /// <summary>None that is known.</summary>
    Unknown,

    SawMvb,
    RlwCtrl,
    RlwRemap,
    RlwRspcol,
    RlwRxpipe,
    RlwSrcTrack,
    RlwTagstate,
    TlwCtrl,
    TlwRx,
    TlwTx,
    Trex,
    Nvlpw,
    NetirInterrupt,
    NetirLinkDown,
    NetirBer,
    NetirMfde,
    Mse,
}

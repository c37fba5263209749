namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPRMCounterId_t: counters of an NVLink port in its registers.</summary>
public enum NvmlPRMCounterId : uint
{
    None = 0,
    PpcntPhysicalLayerCtrsLinkDownEvents = 1,
    PpcntPhysicalLayerCtrsSuccessfulRecoveryEvents = 2,
    PpcntRecoveryCtrsTotalSuccessfulRecoveryEvents = 101,
    PpcntRecoveryCtrsTimeSinceLastRecovery = 102,
    PpcntRecoveryCtrsTimeBetweenLastTwoRecoveries = 103,
    PpcntPortcountersPortXmitWait = 201,
    PpcntPlrRcvCodes = 301,
    PpcntPlrRcvCodeErr = 302,
    PpcntPlrRcvUncorrectableCode = 303,
    PpcntPlrXmitCodes = 304,
    PpcntPlrXmitRetryCodes = 305,
    PpcntPlrXmitRetryEvents = 306,
    PpcntPlrSyncEvents = 307,
    PprmOperRecovery = 1001,
}

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlEventType*; a driver reports those that it supports.</summary>
[Flags]
public enum NvmlEventTypes : ulong
{
    None = 0,
    SingleBitEccError = 0x1,
    DoubleBitEccError = 0x2,
    PState = 0x4,
    XidCriticalError = 0x8,
    Clock = 0x10,
    PowerSourceChange = 0x80,
    MigConfigChange = 0x100,
    SingleBitEccErrorStorm = 0x200,
    DramRetirementEvent = 0x400,
    DramRetirementFailure = 0x800,
    NonFatalPoisonError = 0x1000,
    FatalPoisonError = 0x2000,
    GpuUnavailableError = 0x4000,
    GpuRecoveryAction = 0x8000,

    // nvmlEventTypeAll of nvml.h 13.3; what a driver supports of it is for it to say.
    All = 0xFF9F,
}

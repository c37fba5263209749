using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Which typed absence a return code of NVML stands for.</summary>
internal static class NvmlNoData
{
    public static NoDataReason From(NvmlReturn code) => code switch
    {
        NvmlReturn.Success => NoDataReason.None,
        NvmlReturn.Uninitialized or NvmlReturn.DriverNotLoaded or NvmlReturn.LibRmVersionMismatch => NoDataReason.DriverNotLoaded,
        NvmlReturn.NotSupported or NvmlReturn.Deprecated or NvmlReturn.VgpuEccNotSupported => NoDataReason.NotSupported,
        NvmlReturn.ArgumentVersionMismatch => NoDataReason.NotSupported, // this driver knows only another version of the structure
        NvmlReturn.NoPermission or NvmlReturn.OperatingSystem => NoDataReason.NoPermission,
        NvmlReturn.FunctionNotFound => NoDataReason.SymbolMissing,
        NvmlReturn.LibraryNotFound => NoDataReason.LibraryMissing,
        NvmlReturn.Timeout or NvmlReturn.NotReady => NoDataReason.TimedOut,
        NvmlReturn.GpuIsLost or NvmlReturn.GpuNotFound => NoDataReason.DeviceLost,
        NvmlReturn.ResetRequired => NoDataReason.ResetRequired,
        _ => NoDataReason.Invalid,
    };

    /// <summary>Codes by which a card or driver says that it has no such thing, now or later; asking again would only cost.</summary>
    public static bool IsForGood(NvmlReturn code)
        => code is NvmlReturn.NotSupported or NvmlReturn.FunctionNotFound or NvmlReturn.ArgumentVersionMismatch or NvmlReturn.Deprecated;

    /// <summary>
    /// Codes that say nothing of what was asked: the call failed, and the next one may not. A refusal, and whatever a card or driver says that it
    /// has not, or has broken, are answers.
    /// </summary>
    public static bool IsInPassing(NvmlReturn code) => !IsForGood(code) && code is not (NvmlReturn.Success or NvmlReturn.NoPermission
        or NvmlReturn.OperatingSystem or NvmlReturn.CorruptedInforom or NvmlReturn.InsufficientSize or NvmlReturn.LibraryNotFound
        or NvmlReturn.InvalidArgument or NvmlReturn.InvalidState or NvmlReturn.NotFound or NvmlReturn.NoData or NvmlReturn.VgpuEccNotSupported);
}

using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>How many fans a card has and how fast they are, by whichever function its driver has: the number since 510, one fan since 418, else all as one.</summary>
internal static class NvmlFans
{
    /// <summary>Own figure: no board of those years has more, and what lies beyond the last one is refused.</summary>
    private const uint MostProbed = 3;

    /// <summary>NotSupported where the chassis cools. Where the driver does not tell the number, fans are asked for one after the other until one is refused.</summary>
    public static NvmlReturn Count(NvmlLibrary library, NvmlDevice device, out uint fans)
    {
        var code = library.DeviceGetNumFans(device, out fans);
        if (code != NvmlReturn.FunctionNotFound) return code;
        for (fans = 0; fans < MostProbed; fans++)
        {
            code = Speed(library, device, fans, out _);
            if (code != NvmlReturn.Success) return fans > 0 && !NvmlNoData.IsInPassing(code) ? NvmlReturn.Success : code;
        }

        return NvmlReturn.Success;
    }

    /// <summary>Percent of the full speed. A driver that knows no single fan tells one number of the card, which is then that of the first.</summary>
    public static NvmlReturn Speed(NvmlLibrary library, NvmlDevice device, uint fan, out uint percent)
    {
        var code = library.DeviceGetFanSpeed(device, fan, out percent);
        return code == NvmlReturn.FunctionNotFound && fan == 0 ? library.DeviceGetFanSpeed(device, out percent) : code;
    }
}

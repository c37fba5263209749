using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>The samples of the performance counters (GPM, Hopper and later) of one card, or of one GPU instance: two, taken by turns.</summary>
internal sealed class NvmlProfile
{
    private NvmlGpmSample _before;
    private NvmlGpmSample _now;
    private bool _isReady;
    private bool _hasOne;

    /// <summary>Takes a sample; NotReady while there is no earlier one.</summary>
    public NvmlReturn Next(NvmlLibrary library, NvmlTarget target, out NvmlGpmSample before, out NvmlGpmSample now)
    {
        (before, now) = (default, default);
        var card = target.Parent ?? target;
        var code = _isReady ? NvmlReturn.Success : Prepare(library, card.Handle);
        if (code != NvmlReturn.Success) return code;
        (_before, _now) = (_now, _before);
        code = target == card ? library.GpmSampleGet(card.Handle, _now) : OfInstance(library, card.Handle, target.GpuInstance);
        if (code != NvmlReturn.Success)
        {
            _hasOne = false;
            return code;
        }

        (before, now) = (_before, _now);
        var hadOne = _hasOne;
        _hasOne = true;
        return hadOne ? code : NvmlReturn.NotReady;
    }

    private NvmlReturn OfInstance(NvmlLibrary library, NvmlDevice card, int instance)
        => instance < 0 ? NvmlReturn.NotSupported : library.GpmMigSampleGet(card, (uint)instance, _now);

    private NvmlReturn Prepare(NvmlLibrary library, NvmlDevice device)
    {
        var code = library.GpmQueryDeviceSupport(device, out var support);
        if (code != NvmlReturn.Success) return code;
        if (support.IsSupportedDevice == 0) return NvmlReturn.NotSupported;
        code = library.GpmSampleAlloc(out _before);
        if (code == NvmlReturn.Success) code = library.GpmSampleAlloc(out _now);
        _isReady = code == NvmlReturn.Success;
        return code;
    }
}

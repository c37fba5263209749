using Forewarn.Daemon.Probes;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>nvml.h: no card has more (NVML_COMPUTE_INSTANCE and _GPU_INSTANCE profiles, eight slices at most); a bound for what a driver says.</summary>
    internal const uint MaxParts = 16;

    private static readonly byte[] PartsCall = CallSlots.Tag("mig");

    /// <summary>True when the card's MIG mode or devices are not those of the inventory any more. Allocates nothing.</summary>
    public bool HavePartsChanged(int ordinal)
    {
        var card = _targets[ordinal];
        if (card.Parent is not null || CountParts(card, out var mode, out var most) != NvmlReturn.Success) return false;
        card.MigMode ??= mode;
        if (card.MigMode != mode) return true; // also with nothing cut: what it did not offer under the one it may offer under the other
        var known = 0;
        foreach (var target in _targets) known += target.Parent == card ? 1 : 0;
        for (uint index = 0; index < most; index++)
        {
            var code = Library.DeviceGetMigDeviceHandleByIndex(card.Handle, index, out var handle);
            if (code == NvmlReturn.NotFound) continue; // indices have holes
            if (code != NvmlReturn.Success) return false; // in trouble, or switched off just now: the next look will tell
            var part = PartAt(card, (int)index);
            if (IsStill(part, handle) == false) return true;
            if (part is not null) known--; // one that does not say who it is cannot be told from what it was, or was left out before
        }

        return known != 0;
    }

    private List<NvmlTarget> FindParts(NvmlTarget card, CallGuard guard)
    {
        var parts = new List<NvmlTarget>();
        if (card.Absence != NoDataReason.None) return parts;
        var start = guard.Enter(CallSlots.Tag(card.PciAddress), PartsCall, settings.StartDeadline);
        var counted = CountParts(card, out var mode, out var most);
        card.IsPartial |= NvmlNoData.IsInPassing(counted);
        if (counted == NvmlReturn.Success)
        {
            card.MigMode = mode;
            for (uint index = 0; index < most; index++)
            {
                var code = Library.DeviceGetMigDeviceHandleByIndex(card.Handle, index, out var handle);
                card.IsPartial |= NvmlNoData.IsInPassing(code);
                if (code != NvmlReturn.Success) continue;
                var part = new NvmlTarget(card.PciAddress, card.NumaNode, card) { Handle = handle, Index = (int)index };
                part.Uuid = Told(part, Library.DeviceGetUUID);
                // Without a name of its own it could not be told from its siblings.
                if (part.Uuid.Length > 0) parts.Add(part);
                else card.IsPartial |= part.IsPartial;
            }
        }

        guard.Leave(start);
        return parts;
    }

    private NvmlReturn CountParts(NvmlTarget card, out NvmlEnableState mode, out uint most)
    {
        most = 0;
        var code = Library.DeviceGetMigMode(card.Handle, out mode, out _);
        if (code != NvmlReturn.Success || mode == NvmlEnableState.Disabled) return code;
        code = Library.DeviceGetMaxMigDeviceCount(card.Handle, out most);
        most = Math.Min(most, MaxParts);
        return code;
    }

    private NvmlTarget? PartAt(NvmlTarget card, int index)
    {
        foreach (var target in _targets)
        {
            if (target.Parent == card && target.Index == index) return target;
        }

        return null;
    }

    /// <summary>
    /// Null when it does not say who it is. By its uuid, since a handle may be given out again; and by its handle, since before R470 a uuid is
    /// the place of the instance, and one made anew there has that again.
    /// </summary>
    private bool? IsStill(NvmlTarget? part, NvmlDevice handle)
    {
        Span<byte> uuid = stackalloc byte[TextSize];
        if (Library.DeviceGetUUID(handle, uuid, out var length) != NvmlReturn.Success) return null;
        return part is not null && part.Handle == handle && System.Text.Ascii.Equals(uuid[..length], part.Uuid);
    }

    private Device Part(Device device, NvmlTarget target, NvmlTarget parent)
    {
        var instance = Told(target, Library.DeviceGetGpuInstanceId);
        target.GpuInstance = instance;
        var compute = Told(target, Library.DeviceGetComputeInstanceId);
        var isTold = Holds(target, Library.DeviceGetAttributes(target.Handle, out var attributes));
        return device with
        {
            Partition = new DevicePartition(
                parent.Uuid.Length > 0 ? new DeviceId(parent.Uuid) : DeviceId.AtPci(parent.PciAddress), Profile(device.Name, attributes, isTold), instance, compute),
            Traits = isTold
                ? new DeviceTraits(
                    new("multiprocessors", $"{attributes.MultiprocessorCount}"), new("slices", $"{attributes.GpuInstanceSliceCount}"),
                    new("compute_slices", $"{attributes.ComputeInstanceSliceCount}"), new("copy_engines", $"{attributes.SharedCopyEngineCount}"),
                    new("decoders", $"{attributes.SharedDecoderCount}"))
                : DeviceTraits.None,
        };
    }

    /// <summary>The last word of the name ("NVIDIA H100 80GB HBM3 MIG 1g.10gb"); where that is none, made as the driver makes it.</summary>
    private static string Profile(string name, NvmlDeviceAttributes attributes, bool isTold)
    {
        var at = name.LastIndexOf("MIG ", StringComparison.Ordinal);
        if (at >= 0) return name[(at + 4)..];
        if (!isTold) return "";
        var memory = $"{attributes.GpuInstanceSliceCount}g.{(attributes.MemorySizeMB + 1023) / 1024}gb";
        return attributes.ComputeInstanceSliceCount == attributes.GpuInstanceSliceCount ? memory : $"{attributes.ComputeInstanceSliceCount}c.{memory}";
    }
}

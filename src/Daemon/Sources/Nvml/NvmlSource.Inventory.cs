using System.Text;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Linux;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>The largest text buffer that nvml.h asks for (NVML_DEVICE_UUID_V2_BUFFER_SIZE and _NAME_V2_BUFFER_SIZE).</summary>
    private const int TextSize = 96;

    private static readonly byte[] HandleCall = CallSlots.Tag("handle");
    private static readonly byte[] IdentityCall = CallSlots.Tag("identity");

    private delegate NvmlReturn TextGetter(NvmlDevice device, Span<byte> text, out int length);

    private delegate NvmlReturn NumberGetter(NvmlDevice device, out uint value);

    public IReadOnlyList<DeviceFrame> Discover(Func<string, bool> mayTouch, CallGuard guard)
    {
        var places = PciDevices.List(settings.Root).Where(Entry.Owns).ToList();
        var targets = places.Count > 0
            ? places.Select(place => new NvmlTarget(place.Address.ToString(), place.NumaNode ?? -1))
            : AddressesByIndex(guard).Select(address => new NvmlTarget(address, numaNode: -1));
        _targets = [.. targets.Where(target => mayTouch(target.PciAddress))];
        DeviceFrame[] inventory = [.. Enumerable.Range(0, _targets.Length).Select(ordinal => Identify(ordinal, guard))];
        CreateEventSet(guard);
        return inventory;
    }

    public bool Refind(int ordinal)
    {
        var target = _targets[ordinal];
        var code = Find(target, out var handle);
        target.Absence = NvmlNoData.From(code);
        if (code != NvmlReturn.Success) return false;
        if (target.Handle != handle)
        {
            target.Handle = handle;
            _ = Register(target); // events come with the handle that was registered
        }

        return true;
    }

    private NvmlReturn Find(NvmlTarget target, out NvmlDevice handle)
    {
        Span<byte> busId = stackalloc byte[TextSize];
        busId.Clear();
        Encoding.ASCII.GetBytes(target.PciAddress, busId);
        return Library.DeviceGetHandleByPciBusId(busId, out handle);
    }

    /// <summary>Only where sysfs shows no card at all (some containers): an index says nothing about which card it will be.</summary>
    private List<string> AddressesByIndex(CallGuard guard)
    {
        var addresses = new List<string>();
        var counting = guard.Enter(CallGuard.NoDevice, HandleCall, settings.StartDeadline);
        var counted = Library.DeviceGetCount(out var count);
        guard.Leave(counting);
        if (counted != NvmlReturn.Success) return addresses;
        for (uint index = 0; index < count; index++)
        {
            var start = guard.Enter(CallGuard.NoDevice, HandleCall, settings.StartDeadline);
            var code = Library.DeviceGetHandleByIndex(index, out var handle);
            if (code == NvmlReturn.Success && Library.DeviceGetPciInfo(handle, out var pci) == NvmlReturn.Success) addresses.Add(Address(pci));
            guard.Leave(start);
        }

        return addresses;
    }

    private static string Address(NvmlPciInfo pci) => new PciAddress(pci.Domain, (byte)pci.Bus, (byte)pci.Device, 0).ToString();

    public int CountDevices() => Library.DeviceGetCount(out var count) == NvmlReturn.Success ? (int)count : -1;

    public DeviceFrame Describe(int ordinal)
    {
        var target = _targets[ordinal];
        var uuid = Text(Library.DeviceGetUUID, target.Handle);
        var device = new Device
        {
            Vendor = Entry.Vendor,
            Id = uuid.Length > 0 ? new DeviceId(uuid) : DeviceId.AtPci(target.PciAddress),
            PciAddress = target.PciAddress,
            NumaNode = target.NumaNode,
            Name = Text(Library.DeviceGetName, target.Handle),
            Serial = Text(Library.DeviceGetSerial, target.Handle),
            PartNumber = Text(Library.DeviceGetBoardPartNumber, target.Handle),
            Firmware = Text(Library.DeviceGetVbiosVersion, target.Handle),
            ConfigurationImage = Text(Library.DeviceGetInforomImageVersion, target.Handle),
            Index = Number(Library.DeviceGetIndex, target.Handle),
            Slot = Number(Library.DeviceGetModuleId, target.Handle),
            Minor = Number(Library.DeviceGetMinorNumber, target.Handle),
        };
        return new DeviceFrame((ushort)ordinal, device, NoDataReason.None, "");
    }

    private DeviceFrame Identify(int ordinal, CallGuard guard)
    {
        var target = _targets[ordinal];
        var tag = CallSlots.Tag(target.PciAddress);
        var start = guard.Enter(tag, HandleCall, settings.StartDeadline);
        var code = Find(target, out var handle);
        guard.Leave(start);
        target.Absence = NvmlNoData.From(code);
        if (code != NvmlReturn.Success) return Unreachable(target, (ushort)ordinal, code);

        start = guard.Enter(tag, IdentityCall, settings.StartDeadline);
        target.Handle = handle;
        target.Links = CountLinks(handle);
        var row = Describe(ordinal);
        guard.Leave(start);
        return row;
    }

    private static DeviceFrame Unreachable(NvmlTarget target, ushort ordinal, NvmlReturn code)
    {
        var device = new Device
        {
            Vendor = Entry.Vendor,
            Id = DeviceId.AtPci(target.PciAddress),
            PciAddress = target.PciAddress,
            NumaNode = target.NumaNode,
        };
        var (reason, detail) = code == NvmlReturn.NotFound
            ? (NoDataReason.DeviceLost, "on the PCI bus, but the driver does not know it")
            : (NvmlNoData.From(code), $"nvmlDeviceGetHandleByPciBusId_v2 answered {code} ({(int)code})");
        return new DeviceFrame(ordinal, device, reason, detail);
    }

    private int CountLinks(NvmlDevice handle)
    {
        var links = 0;
        while (links < MaxLinks && MayExist(Library.DeviceGetNvLinkState(handle, (uint)links, out _))) links++;
        return links;

        // Only these say that there is no such link; one that cannot be read now is there, and its readings are absent.
        static bool MayExist(NvmlReturn code) => code is not (NvmlReturn.InvalidArgument or NvmlReturn.NotSupported or NvmlReturn.FunctionNotFound);
    }

    private static string Text(TextGetter getter, NvmlDevice handle)
    {
        Span<byte> text = stackalloc byte[TextSize];
        return getter(handle, text, out var length) == NvmlReturn.Success ? Encoding.UTF8.GetString(text[..length]) : "";
    }

    private static int Number(NumberGetter getter, NvmlDevice handle)
        => getter(handle, out var value) == NvmlReturn.Success && value <= int.MaxValue ? (int)value : -1;
}

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

    /// <summary>nvml.h has metrics for so many C2C links; no board has so many fans. Only bounds.</summary>
    private const int MaxCoherentLinks = 14;
    private const int MaxFans = 16;

    private static readonly byte[] ExcludedCall = CallSlots.Tag("excluded");
    private static readonly byte[] HandleCall = CallSlots.Tag("handle");
    private static readonly byte[] IdentityCall = CallSlots.Tag("identity");

    private delegate NvmlReturn NumberOf(NvmlDevice device, out uint value);

    private delegate NvmlReturn TextGetter(NvmlDevice device, Span<byte> text, out int length);

    public IReadOnlyList<DeviceFrame> Discover(Func<string, bool> mayTouch, CallGuard guard)
    {
        var places = PciDevices.List(settings.Root).Where(Entry.Owns).ToList();
        var targets = places.Count > 0
            ? places.Select(place => new NvmlTarget(place.Address.ToString(), place.NumaNode ?? -1))
            : AddressesByIndex(guard).Select(address => new NvmlTarget(address, numaNode: -1));
        NvmlTarget[] cards = [.. targets.Where(target => mayTouch(target.PciAddress))];
        _targets = cards;
        foreach (var card in cards) Find(card, guard);
        Exclude(cards, guard);
        _targets = [.. cards, .. cards.SelectMany(card => FindParts(card, guard))];
        DeviceFrame[] inventory = [.. Enumerable.Range(0, _targets.Length).Select(ordinal => Identify(ordinal, guard))];
        CreateEventSet(guard);
        return inventory;
    }

    public bool Refind(int ordinal)
    {
        var target = _targets[ordinal];
        if (target.Parent is not null) return false; // a part is found with its card
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

    private DeviceFrame Describe(int ordinal)
    {
        var target = _targets[ordinal];
        var device = new Device
        {
            Vendor = Entry.Vendor,
            Id = target.Uuid.Length > 0 ? new DeviceId(target.Uuid) : DeviceId.AtPci(target.PciAddress),
            PciAddress = target.PciAddress,
            NumaNode = target.NumaNode,
            Index = target.Index,
        };
        if (target.Parent is { } parent)
        {
            device = Part(device with { Name = Told(target, Library.DeviceGetName) }, target, parent);
            return new DeviceFrame((ushort)ordinal, device, NoDataReason.None, "") { IsPartial = target.IsPartial };
        }

        ref readonly var identity = ref target.Identity;
        device = device with
        {
            Name = Text(identity.Name),
            Serial = Text(identity.Serial),
            PartNumber = Text(identity.PartNumber),
            Firmware = Text(identity.Vbios),
            ConfigurationImage = Text(identity.InforomImage),
            Slot = identity.Module,
            Minor = identity.Minor,
            Traits = Traits(in identity, target.LinkPeers),
        };
        return new DeviceFrame((ushort)ordinal, device, NoDataReason.None, "") { IsPartial = target.IsPartial };
    }

    /// <summary>The handle and what is there on the card; a call of its own, so that a hang is told apart from one in the identity.</summary>
    private void Find(NvmlTarget target, CallGuard guard)
    {
        var start = guard.Enter(CallSlots.Tag(target.PciAddress), HandleCall, settings.StartDeadline);
        var code = Find(target, out var handle);
        guard.Leave(start);
        (target.Absence, target.Handle, target.Refusal) = (NvmlNoData.From(code), handle, code);
    }

    /// <summary>What the driver does not know though it is on the bus may be what it was told to leave alone; asked for only where there is such a card.</summary>
    private void Exclude(NvmlTarget[] cards, CallGuard guard)
    {
        if (!cards.Any(card => card.Refusal is NvmlReturn.NotFound or NvmlReturn.InvalidArgument)) return;
        var start = guard.Enter(CallGuard.NoDevice, ExcludedCall, settings.StartDeadline);
        var excluded = NvmlExclusions.Read(Library, settings.Root);
        guard.Leave(start);
        foreach (var card in cards)
        {
            if (card.Absence == NoDataReason.None || excluded.Find(one => one.PciAddress == card.PciAddress) is not { } told) continue;
            (card.Absence, card.Uuid) = (NoDataReason.Excluded, told.Uuid);
        }
    }

    private DeviceFrame Identify(int ordinal, CallGuard guard)
    {
        var target = _targets[ordinal];
        if (target.Absence != NoDataReason.None) return Unreachable(target, (ushort)ordinal, target.Refusal);
        var start = guard.Enter(CallSlots.Tag(target.PciAddress), IdentityCall, settings.StartDeadline);
        if (target.Parent is null)
        {
            var none = default(NvmlIdentity);
            target.IsPartial |= !ReadIdentity(target.Handle, new NvmlIdentityAnswers(in none, isKnown: false), out target.Identity);
            target.Uuid = Text(target.Identity.Uuid);
            target.Index = target.Identity.Index;
            target.Links = CountLinks(target.Handle);
            target.LinkPeers = LinkPeers(target);
            target.Fans = Math.Clamp(target.Identity.Fans, 0, MaxFans);
            target.CoherentLinks = Math.Clamp(target.Identity.CoherentLinks, 0, MaxCoherentLinks);
        }

        target.Answers = [.. _readers.Select(reader => new NvmlAnswers(reader, target))];
        var row = Describe(ordinal);
        guard.Leave(start);
        return row;
    }

    private static DeviceFrame Unreachable(NvmlTarget target, ushort ordinal, NvmlReturn code)
    {
        var device = new Device
        {
            Vendor = Entry.Vendor,
            Id = target.Uuid.Length > 0 ? new DeviceId(target.Uuid) : DeviceId.AtPci(target.PciAddress),
            PciAddress = target.PciAddress,
            NumaNode = target.NumaNode,
        };
        // What it told of itself while it was not left alone is known of it still.
        if (target.Absence == NoDataReason.Excluded)
            return new DeviceFrame(ordinal, device, NoDataReason.Excluded, "the driver was told to leave it alone (NVreg_ExcludedGpus)") { IsPartial = true };
        var (reason, detail) = code == NvmlReturn.NotFound
            ? (NoDataReason.DeviceLost, "on the PCI bus, but the driver does not know it")
            : (NvmlNoData.From(code), $"nvmlDeviceGetHandleByPciBusId_v2 answered {code} ({(int)code})");
        return new DeviceFrame(ordinal, device, reason, detail);
    }

    private NvmlReturn CountCoherentLinks(NvmlDevice handle, out uint links)
    {
        Span<NvmlFieldValue> field = [new() { FieldId = NvmlField.C2CLinkCount, Result = NvmlReturn.Unknown }];
        var code = Library.DeviceGetFieldValues(handle, field);
        if (code == NvmlReturn.Success) code = field[0].Result;
        // A number of an unknown type becomes none at all.
        links = code == NvmlReturn.Success ? (uint)Math.Max(NvmlNumbers.Of(in field[0]), 0) : 0;
        return code;
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

    /// <summary>The same of a part of a card, noting what failed in passing.</summary>
    private static string Told(NvmlTarget target, TextGetter getter)
    {
        Span<byte> text = stackalloc byte[TextSize];
        return Holds(target, getter(target.Handle, text, out var length)) ? Encoding.UTF8.GetString(text[..length]) : "";
    }

    private static int Told(NvmlTarget target, NumberOf getter)
        => Holds(target, getter(target.Handle, out var value)) && value <= int.MaxValue ? (int)value : -1;

    private static bool Holds(NvmlTarget target, NvmlReturn code)
    {
        target.IsPartial |= NvmlNoData.IsInPassing(code);
        return code == NvmlReturn.Success;
    }
}

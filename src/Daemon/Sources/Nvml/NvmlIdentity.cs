using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>
/// Who a card is, as the library said it: plain bytes, so that it can be read and compared again and again without allocating anything. What
/// was not told is empty, or <see cref="Untold"/>. The fields lie so that no padding is between them.
/// </summary>
internal struct NvmlIdentity
{
    public const int Untold = -1;

    public NvmlMask Cpus;
    public NvmlMask MemoryNodes;
    public long InforomChecksum;
    public UuidBytes FabricCluster;
    public AsciiBuffer16 ChassisSerial;
    public AsciiBuffer16 InforomOem;
    public AsciiBuffer16 InforomEcc;
    public AsciiBuffer16 InforomPower;
    public AsciiBuffer96 Name;
    public AsciiBuffer96 Uuid;
    public AsciiBuffer96 Serial;
    public AsciiBuffer96 PartNumber;
    public AsciiBuffer96 Vbios;
    public AsciiBuffer96 InforomImage;
    public AsciiBuffer96 GspFirmware;
    public AsciiBuffer96 DriverBranch;
    public int Index;
    public int Module;
    public int Minor;
    public int Architecture;
    public int CapabilityMajor;
    public int CapabilityMinor;
    public int IsMultiDevice;
    public int Virtualization;
    public int MemoryBusBits;
    public int Cores;
    public int OwnNumaNode;
    public int Fans;
    public int CoherentLinks;
    public int FabricClique;
    public int ChassisSlot;
    public int Tray;
    public int Host;
    public int PlatformModule;
    public int IsConfidential;
    public int ConfidentialEnvironment;
    public int ConfidentialMultiDevice;
    public int ConfidentialDevelopment;
    public int ConfidentialHost;
    public int HasPlatform;

    public static bool AreSame(in NvmlIdentity one, in NvmlIdentity other)
        => MemoryMarshal.AsBytes(new ReadOnlySpan<NvmlIdentity>(in one)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<NvmlIdentity>(in other)));
}

/// <summary>A bitmask of 1,024 CPUs or NUMA nodes, which is what the kernel's own interfaces take at least.</summary>
[InlineArray(16)]
internal struct NvmlMask
{
    private ulong _first;
}

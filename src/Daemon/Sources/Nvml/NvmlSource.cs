using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>NVIDIA GPUs through libnvidia-ml.so.1.</summary>
internal sealed partial class NvmlSource(ProbeSettings settings, TimeProvider time) : IDeviceSource
{
    /// <summary>NVIDIA in the PCI ID registry.</summary>
    private const ushort PciVendor = 0x10de;

    /// <summary>Base class of display controllers (PCI Code and ID Assignment), 3D ones without a monitor included.</summary>
    private const uint PciDisplay = 0x03;

    /// <summary>The driver by which a card is handed to a virtual machine: it is not this node's to watch.</summary>
    private const string GivenAway = "vfio-pci";

    private NvmlLibrary? _library;
    private NvmlDriverVersion _driver;
    private NvmlFieldIds _fieldIds = NvmlFieldIds.ForDriver(default);
    private NvmlTarget[] _targets = [];

    public static SourceEntry Entry { get; } = new()
    {
        Declaration = new SourceDeclaration("nvml", "libnvidia-ml.so.1"),
        Vendor = new Vendor("nvidia"),
        Owns = static place => place.Vendor == PciVendor && place.Class >> 16 == PciDisplay && place.Driver != GivenAway,
        ControlNodes = ["/dev/nvidiactl"],
        DriverNames = ["nvidia", "nvidia-frontend"], // the second is of drivers before 535
        DriverErrors = DriverErrorCatalog.Xid,
        Doctor = NvmlDoctor.Entry,
        Host = NvmlHostWatch.Watch,
        Create = settings => new NvmlSource(settings, TimeProvider.System),
    };

    public IReadOnlyList<CallGroup> CallGroups => [.. _readers.Select(reader => reader.CallGroup)];

    private long Now => time.GetTimestamp();

    private TimeSpan Elapsed(long since) => time.GetElapsedTime(since);

    private NvmlLibrary Library => _library ?? throw new InvalidOperationException("the source was not opened");

    public SourceOpening Open()
    {
        var load = NvmlLibrary.Load(settings.Library);
        if (!load.IsLoaded)
        {
            var reason = load.Reason == Interop.LibraryLoadReason.SymbolMissing ? NoDataReason.SymbolMissing : NoDataReason.LibraryMissing;
            return new SourceOpening(reason, load.Detail);
        }

        _library = load.Library;
        var code = _library.Init();
        if (code != NvmlReturn.Success) return new SourceOpening(NvmlNoData.From(code), $"nvmlInit_v2 answered {code} ({(int)code})");
        var driver = DriverVersion();
        if (NvmlDriverVersion.TryParse(driver, out _driver)) _fieldIds = NvmlFieldIds.ForDriver(_driver);
        _readers = Readers(_fieldIds, settings.Profiling);
        return new SourceOpening(NoDataReason.None, "", LibraryVersion(), driver);
    }

    public bool IsDriverAlive()
    {
        Span<byte> text = stackalloc byte[TextSize];
        return Library.SystemGetDriverVersion(text, out _) == NvmlReturn.Success && Library.DeviceGetCount(out _) == NvmlReturn.Success;
    }

    /// <summary>Not shut down: the process ends right after, and a shutdown can block as any call can.</summary>
    public void Dispose() => _library = null;

    private string DriverVersion()
    {
        Span<byte> text = stackalloc byte[TextSize];
        return Library.SystemGetDriverVersion(text, out var length) == NvmlReturn.Success ? Encoding.ASCII.GetString(text[..length]) : "";
    }

    private string LibraryVersion()
    {
        Span<byte> text = stackalloc byte[TextSize];
        return Library.SystemGetNVMLVersion(text, out var length) == NvmlReturn.Success ? Encoding.ASCII.GetString(text[..length]) : "";
    }
}

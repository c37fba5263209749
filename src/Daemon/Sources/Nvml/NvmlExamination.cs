using System.Globalization;
using System.Text;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Probes;
using Forewarn.Interop;
using Forewarn.Interop.Linux;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Asks NVML once: what the library is, whether it gets on with the driver, and the modes and versions of each card.</summary>
internal sealed class NvmlExamination(ProbeSettings settings, CallGuard guard, FactWriter facts)
{
    // The largest buffer that nvml.h asks for is 96 bytes.
    private const int TextSize = 96;

    /// <summary>Exported by the library of forewarn-simnode alone (docs/simulated-node.md).</summary>
    private const string SimulatedMark = "forewarn_sim_layout";

    private static readonly byte[] LoadCall = CallSlots.Tag("load");
    private static readonly byte[] InitCall = CallSlots.Tag("init");
    private static readonly byte[] CountCall = CallSlots.Tag("count");
    private static readonly byte[] HandleCall = CallSlots.Tag("handle");
    private static readonly byte[] CudaCall = CallSlots.Tag(NvmlFacts.Cuda);
    private static readonly byte[] ExcludedCall = CallSlots.Tag(FactKeys.Excluded);

    private delegate NvmlReturn TextGetter(NvmlDevice device, Span<byte> text, out int length);

    private delegate NvmlReturn PairGetter(NvmlDevice device, out NvmlEnableState current, out NvmlEnableState pending);

    public void Run()
    {
        var start = guard.Enter(CallGuard.NoDevice, LoadCall, settings.StartDeadline);
        var load = NvmlLibrary.Load(settings.Library);
        guard.Leave(start);
        facts.Write(FactKeys.Load, $"{load.Reason}");
        facts.Write(FactKeys.LoadDetail, load.Detail);
        DescribeFile();
        if (!load.IsLoaded) return;

        foreach (var symbol in load.Library.MissingSymbols) facts.Write(FactKeys.MissingSymbol, symbol);
        start = guard.Enter(CallGuard.NoDevice, InitCall, settings.StartDeadline);
        WriteText(FactKeys.LibraryVersion, load.Library.SystemGetNVMLVersion);
        var code = load.Library.Init();
        guard.Leave(start);
        facts.Write(FactKeys.Init, Words(load.Library, code));
        if (code == NvmlReturn.Success) AskCards(load.Library);
    }

    private void AskCards(NvmlLibrary library)
    {
        var start = guard.Enter(CallGuard.NoDevice, CountCall, settings.StartDeadline);
        WriteText(FactKeys.DriverVersion, library.SystemGetDriverVersion);
        if (library.DeviceGetCount(out var count) == NvmlReturn.Success)
            facts.Write(FactKeys.Count, count.ToString(CultureInfo.InvariantCulture));
        guard.Leave(start);
        AskNode(library);
        foreach (var place in PciDevices.List(settings.Root).Where(NvmlSource.Entry.Owns))
        {
            var address = place.Address.ToString();
            if (settings.Touches(address)) AskCard(library, address);
        }
    }

    /// <summary>What only this short life asks: the library loads that of CUDA for its version, and keeps it.</summary>
    private void AskNode(NvmlLibrary library)
    {
        var start = guard.Enter(CallGuard.NoDevice, CudaCall, settings.StartDeadline);
        var code = library.SystemGetCudaDriverVersion(out var cuda);
        guard.Leave(start);
        if (code == NvmlReturn.Success) facts.Write(NvmlFacts.Cuda, string.Create(CultureInfo.InvariantCulture, $"{cuda / 1000}.{cuda % 1000 / 10}"));
        start = guard.Enter(CallGuard.NoDevice, ExcludedCall, settings.StartDeadline);
        foreach (var card in NvmlExclusions.Read(library, settings.Root)) facts.Write(FactKeys.Excluded, card.PciAddress);
        guard.Leave(start);
    }

    private void AskCard(NvmlLibrary library, string address)
    {
        Span<byte> busId = stackalloc byte[TextSize];
        busId.Clear();
        Encoding.ASCII.GetBytes(address, busId);
        var tag = CallSlots.Tag(address);
        var start = guard.Enter(tag, HandleCall, settings.SlowDeadline);
        var code = library.DeviceGetHandleByPciBusId(busId, out var card);
        guard.Leave(start);
        facts.Write(address, FactKeys.Handle, Words(library, code));
        if (code != NvmlReturn.Success) return;

        Text(FactKeys.Model, library.DeviceGetName);
        Text(NvmlFacts.Vbios, library.DeviceGetVbiosVersion);
        Text(NvmlFacts.InfoRom, library.DeviceGetInforomImageVersion);
        Text(NvmlFacts.Gsp, library.DeviceGetGspFirmwareVersion);
        start = guard.Enter(tag, CallSlots.Tag(NvmlFacts.InfoRomChecksum), settings.SlowDeadline);
        code = library.DeviceGetInforomConfigurationChecksum(card, out var checksum);
        guard.Leave(start);
        if (code == NvmlReturn.Success) facts.Write(address, NvmlFacts.InfoRomChecksum, checksum.ToString("x8", CultureInfo.InvariantCulture));
        Modes(NvmlFacts.Persistence, "", (NvmlDevice device, out NvmlEnableState current, out NvmlEnableState pending) =>
        {
            pending = default;
            return library.DeviceGetPersistenceMode(device, out current);
        });
        Modes(NvmlFacts.Ecc, NvmlFacts.EccPending, library.DeviceGetEccMode);
        Modes(NvmlFacts.Mig, NvmlFacts.MigPending, library.DeviceGetMigMode);
        Parts();
        start = guard.Enter(tag, CallSlots.Tag(NvmlFacts.Fabric), settings.SlowDeadline);
        code = library.DeviceGetGpuFabricInfoV(card, out NvmlGpuFabricInfoV2 fabric);
        var state = fabric.State;
        if (code == NvmlReturn.FunctionNotFound)
        {
            code = library.DeviceGetGpuFabricInfo(card, out var older);
            state = older.State;
        }

        guard.Leave(start);
        if (code == NvmlReturn.Success) facts.Write(address, NvmlFacts.Fabric, $"{state}");

        void Text(string key, TextGetter getter)
        {
            Span<byte> text = stackalloc byte[TextSize];
            var begun = guard.Enter(tag, CallSlots.Tag(key), settings.SlowDeadline);
            var answer = getter(card, text, out var length);
            guard.Leave(begun);
            if (answer == NvmlReturn.Success) facts.Write(address, key, Encoding.UTF8.GetString(text[..length]));
        }

        void Parts()
        {
            var begun = guard.Enter(tag, CallSlots.Tag(NvmlFacts.Parts), settings.SlowDeadline);
            var answer = library.DeviceGetMaxMigDeviceCount(card, out var most);
            var parts = 0;
            for (uint index = 0; answer == NvmlReturn.Success && index < Math.Min(most, NvmlSource.MaxParts); index++)
            {
                if (library.DeviceGetMigDeviceHandleByIndex(card, index, out _) == NvmlReturn.Success) parts++;
            }

            guard.Leave(begun);
            if (answer == NvmlReturn.Success) facts.Write(address, NvmlFacts.Parts, parts.ToString(CultureInfo.InvariantCulture));
        }

        void Modes(string key, string pendingKey, PairGetter getter)
        {
            var begun = guard.Enter(tag, CallSlots.Tag(key), settings.SlowDeadline);
            var answer = getter(card, out var current, out var pending);
            guard.Leave(begun);
            if (answer != NvmlReturn.Success) return;
            facts.Write(address, key, current == NvmlEnableState.Disabled ? "0" : "1");
            if (pendingKey.Length > 0) facts.Write(address, pendingKey, pending == NvmlEnableState.Disabled ? "0" : "1");
        }
    }

    private delegate NvmlReturn WholeTextGetter(Span<byte> text, out int length);

    private void WriteText(string key, WholeTextGetter getter)
    {
        Span<byte> text = stackalloc byte[TextSize];
        if (getter(text, out var length) == NvmlReturn.Success) facts.Write(key, Encoding.ASCII.GetString(text[..length]));
    }

    /// <summary>Which file the loader took, and whether it is the simulated one.</summary>
    private void DescribeFile()
    {
        var name = Path.GetFileName(settings.Library);
        var stem = name.Split(".so")[0] + ".so";
        // proc_pid_maps(5): the path is the sixth word and the last.
        var mapped = File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? line[slash..] : "")
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(stem, StringComparison.Ordinal));
        if (mapped is not null) facts.Write(FactKeys.File, mapped);
        if (!NativeLibraryHandle.TryOpen(settings.Library, out var library, out _)) return;
        if (library.LightUp(SimulatedMark) != 0) facts.Write(FactKeys.Simulated, "1");
    }

    private static string Words(NvmlLibrary library, NvmlReturn code) =>
        code == NvmlReturn.Success ? "ok" : $"{code} ({(int)code}: {Encoding.UTF8.GetString(library.ErrorString(code))})";
}

using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Checks;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Linux;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class SourceCheckTests
{
    [Theory]
    [InlineData(nameof(SourceState.Running), 8, "Ok")]
    [InlineData(nameof(SourceState.Starting), 8, "Warning")]
    [InlineData(nameof(SourceState.Released), 8, "Warning")]
    [InlineData(nameof(SourceState.Held), 8, "Problem")]
    [InlineData(nameof(SourceState.Unavailable), 8, "Problem")]
    [InlineData(nameof(SourceState.Unavailable), 0, "Note")]
    public void A_source_s_state_is_judged(string state, int onBus, string expected) =>
        Assert.Equal(expected, Severities(SourceStateCheck.Judge("nvml", new(Enum.Parse<SourceState>(state), "why", 8, 8, 0, []), onBus)));

    [Fact]
    public void Stalled_cards_and_processes_that_the_kernel_holds_are_problems_of_their_own()
    {
        var account = new SourceAccount(SourceState.Running, null, 8, 7, 2, [new("0000:5d:00.0", "Stalled", "call 'thermal' hangs", true)]);
        var text = Texts(SourceStateCheck.Judge("nvml", account, 8));
        Assert.Contains("Problem: 2 killed probes cannot be reaped", text, StringComparison.Ordinal);
        Assert.Contains("Problem: 0000:5d:00.0 Stalled: call 'thermal' hangs > forewarn devices 0000:5d:00.0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LibraryMissing", 8, false, "Problem")]
    [InlineData("LibraryMissing", 0, false, "Note")]
    [InlineData("SymbolMissing", 8, false, "Problem")]
    [InlineData("Loaded", 8, false, "Ok")]
    [InlineData("Loaded", 8, true, "Ok Problem")]
    public void A_library_is_judged(string load, int onBus, bool invented, string expected)
    {
        string[] lines = [$"load {load}", "load-detail cannot load x", .. invented ? ["simulated 1"] : Array.Empty<string>()];
        Assert.Equal(expected, Severities(LibraryCheck.Judge(Facts(lines), "nvml", "libx.so.1", onBus, isSimulated: false)));
    }

    [Fact]
    public void The_simulated_library_is_no_problem_on_a_simulated_node() =>
        Assert.Equal("Ok", Severities(LibraryCheck.Judge(Facts("load Loaded", "simulated 1"), "nvml", "libx.so.1", 8, isSimulated: true)));

    [Fact]
    public void A_missing_function_names_its_signals_and_one_that_nothing_needs_is_only_counted()
    {
        var some = Texts(SymbolCheck.Judge(Facts("missing-symbol nvmlDeviceGetMemoryInfo_v2", "missing-symbol nvmlErrorString"), NvmlSymbolLoss.Of));
        Assert.StartsWith("Note: no nvmlDeviceGetMemoryInfo_v2: not read: forewarn_device_memory_bytes{state=reserved} >", some, StringComparison.Ordinal);
        Assert.DoesNotContain("nvmlErrorString", some, StringComparison.Ordinal);
        Assert.Equal("Ok", Severities(SymbolCheck.Judge(Facts("missing-symbol nvmlErrorString"), NvmlSymbolLoss.Of)));
        Assert.Equal("Note", Severities(SymbolCheck.Judge(Facts("missing-symbol nvmlOfTomorrow"), NvmlSymbolLoss.Of)));
    }

    [Fact]
    public void Functions_that_cost_the_same_are_one_finding() => Assert.StartsWith(
        "Note: no nvmlEventSetCreate, nvmlDeviceRegisterEvents: not read: the driver's events",
        Texts(SymbolCheck.Judge(Facts("missing-symbol nvmlEventSetCreate", "missing-symbol nvmlDeviceRegisterEvents"), NvmlSymbolLoss.Of)),
        StringComparison.Ordinal);

    [Fact]
    public void A_function_is_missed_only_where_what_stands_in_for_it_is_missing_too()
    {
        Assert.Equal("Ok", Severities(SymbolCheck.Judge(Facts("missing-symbol nvmlDeviceGetTemperature"), NvmlSymbolLoss.Of)));
        var both = Facts("missing-symbol nvmlDeviceGetTemperature", "missing-symbol nvmlDeviceGetTemperatureV");
        Assert.StartsWith("Note: no nvmlDeviceGetTemperature: not read: forewarn_device_temperature_celsius{sensor=gpu} >",
            Texts(SymbolCheck.Judge(both, NvmlSymbolLoss.Of)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "ok", "Ok")]
    [InlineData(true, null, "Ok")]
    [InlineData(true, "LibRmVersionMismatch (18: mismatch)", "Problem")]
    [InlineData(false, "DriverNotLoaded (9: not loaded)", "Problem Problem")]
    public void A_driver_is_judged(bool listed, string? init, string expected) =>
        Assert.Equal(expected, Severities(DriverCheck.Judge(listed, 8, init, "nvidia")));

    [Theory]
    [InlineData(8, "count 8", null, "Ok")]
    [InlineData(8, "count 8", 8, "Ok")]
    [InlineData(7, "count 7", 8, "Problem")]
    [InlineData(8, "count 7", 8, "Problem")]
    [InlineData(8, "0000:5d:00.0 handle GpuIsLost (15: lost)", 8, "Problem")]
    [InlineData(8, "load LibraryMissing", null, "Note")]
    [InlineData(0, "load LibraryMissing", null, "Note")]
    public void Devices_are_counted(int onBus, string fact, int? expected, string severities) =>
        Assert.Equal(severities, Severities(DeviceCountCheck.Judge(onBus, Facts(fact), expected, "nvml")));

    [Theory]
    [InlineData(nameof(Errno.NoEntry), null, 0x1B6, "Problem")]
    [InlineData(nameof(Errno.None), nameof(Errno.None), 0x1B6, "Ok")]
    [InlineData(nameof(Errno.None), nameof(Errno.None), 0x1B0, "Problem")]
    [InlineData(nameof(Errno.None), nameof(Errno.NotPermitted), 0x1B6, "Problem")]
    [InlineData(nameof(Errno.None), nameof(Errno.AccessDenied), 0x1B6, "Note")]
    [InlineData(nameof(Errno.None), nameof(Errno.NoDeviceOrAddress), 0x1B6, "Problem")]
    public void A_device_node_is_judged_for_the_agent_s_user(string look, string? opened, int mode, string expected)
    {
        var node = new DeviceNodeFacts("/dev/nvidiactl", Enum.Parse<Errno>(look), new FileOwner(0, 44, (ushort)mode),
            opened is null ? null : Enum.Parse<Errno>(opened));
        Assert.Equal(expected, Severities(DeviceNodeCheck.Judge(node, ("forewarn", 990, [990]))));
    }

    [Fact]
    public void A_device_node_of_the_agent_s_group_is_open_to_it() => Assert.Equal("Ok", Severities(DeviceNodeCheck.Judge(
        new("/dev/nvidiactl", Errno.None, new FileOwner(0, 44, 0x1B0), Errno.None), ("forewarn", 990, [990, 44]))));

    [Fact]
    public void A_call_that_hung_is_a_problem_that_names_card_and_call()
    {
        var facts = new SourceFacts([], [new("0000:5d:00.0", "persistence", "did not return within 10 s")]);
        Assert.Contains("0000:5d:00.0: call 'persistence' did not return within 10 s", Texts(ExaminationCheck.Judge(facts)), StringComparison.Ordinal);
        Assert.Equal("Note", Severities(ExaminationCheck.Judge(new([], [], "released"))));
        Assert.Equal("Ok", Severities(ExaminationCheck.Judge(new([], []))));
    }

    [Fact]
    public void Other_monitors_are_named_by_process_and_argument()
    {
        Rival[] rivals = [new("nv-hostengine", null, "a"), new("nvidia-smi", "-l", "b")];
        Assert.Equal("Ok", Severities(RivalCheck.Judge(rivals, [Process("nvidia-smi"), Process("bash", "-l")])));
        Assert.Equal("Note Note", Severities(RivalCheck.Judge(rivals, [Process("nvidia-smi", "-l", "1"), Process("nv-hostengine")])));
    }

    /// <summary>The arguments of one that hangs in the driver cannot be read: only of those they are asked for that may loop.</summary>
    [Fact]
    public void Arguments_are_read_of_few_processes() => Assert.Equal("Ok", Severities(RivalCheck.Judge(
        [new("nvidia-smi", "-l", "b")], [new(9, "python3", () => throw new InvalidOperationException("this would hang"))])));

    private static NamedProcess Process(string name, params string[] arguments) => new(name.Length, name, () => [name, .. arguments]);
}

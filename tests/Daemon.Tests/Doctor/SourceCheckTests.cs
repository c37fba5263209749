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
    public void Functions_that_are_newer_than_the_driver_are_one_note_and_each_is_a_detail()
    {
        var found = Missing("550.163.01", "nvmlDeviceGetRepairStatus", "nvmlSystemGetDriverBranch", "nvmlDeviceReadPRMCounters_v1").Single();
        Assert.StartsWith("Note: 2 functions are newer than driver 550.163.01: not read: series of forewarn_device_…: repair_pending; trait driver_branch >",
            Texts([found]), StringComparison.Ordinal);
        Assert.Equal("nvmlSystemGetDriverBranch: trait driver_branch", found.Details![1]);
        Assert.StartsWith("nvmlDeviceGetRepairStatus: forewarn_device_repair_pending{", found.Details[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_nothing_needs_is_only_counted_and_one_that_nobody_knows_is_newer()
    {
        Assert.Equal("Ok: all that readings need are there; 1 others are not > ", Texts(Missing("550.163.01", "nvmlErrorString")));
        Assert.StartsWith("Note: 1 function is newer than driver 550.163.01: not read: what needs it", Texts(Missing("550.163.01", "nvmlOfTomorrow")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_the_driver_is_new_enough_for_is_a_warning_of_its_own()
    {
        var found = Missing("550.163.01", "nvmlEventSetCreate", "nvmlDeviceRegisterEvents", "nvmlSystemGetDriverBranch").ToArray();
        Assert.Equal("Warning Note", Severities(found));
        Assert.StartsWith("no nvmlEventSetCreate, nvmlDeviceRegisterEvents, though driver 550.163.01 has them: not read: the driver's events",
            found[0].Text, StringComparison.Ordinal);
        Assert.Equal("Note", Severities(Missing(null, "nvmlEventSetCreate"))); // which driver, is not known
    }

    [Fact]
    public void A_function_is_missed_only_where_what_stands_in_for_it_is_missing_too()
    {
        Assert.Equal("Ok", Severities(Missing("550.163.01", "nvmlDeviceGetTemperature")));
        Assert.StartsWith("Warning: no nvmlDeviceGetTemperature, though driver 550.163.01 has it: not read: forewarn_device_temperature_celsius{sensor=gpu} >",
            Texts(Missing("550.163.01", "nvmlDeviceGetTemperature", "nvmlDeviceGetTemperatureV")), StringComparison.Ordinal);
    }

    [Fact]
    public void Performance_counters_are_missed_by_those_who_read_them()
    {
        Assert.Equal("Ok", Severities(Missing("470.256.02", "nvmlGpmSampleGet")));
        Assert.Equal("Note", Severities(SymbolCheck.Judge(
            Facts("driver-version 470.256.02", "missing-symbol nvmlGpmSampleGet"), NvmlSymbolLoss.Of, isProfiling: true)));
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
        Assert.Equal(severities, Severities(DeviceCountCheck.Judge(onBus, Facts(fact), expected, "nvml", isContainer: false)));

    [Theory]
    [InlineData(3, "ok", 2, "Ok")]
    [InlineData(3, "ok", null, "Ok")]
    [InlineData(3, "GpuIsLost (15: lost)", 2, "Problem")]
    [InlineData(2, "ok", 2, "Problem Problem")]
    public void A_card_that_the_driver_leaves_alone_is_not_missed(int onBus, string own, int? expected, string severities) =>
        Assert.Equal(severities, Severities(DeviceCountCheck.Judge(
            onBus, Facts("count 2", "excluded 0000:18:00.0", "0000:18:00.0 handle NotFound (6: not found)", $"0000:2a:00.0 handle {own}"), expected, "nvml", isContainer: false)));

    [Theory]
    [InlineData("NotFound (6: not found)", "ok", null, "Note")]
    [InlineData("NotFound (6: not found)", "ok", 2, "Ok")]
    [InlineData("NotFound (6: not found)", "GpuIsLost (15: lost)", null, "Note Problem Problem")]
    public void A_container_s_share_of_the_cards_is_no_problem(string other, string own, int? expected, string severities) =>
        Assert.Equal(severities, Severities(DeviceCountCheck.Judge(
            3, Facts("count 2", $"0000:18:00.0 handle {other}", $"0000:2a:00.0 handle {own}"), expected, "nvml", isContainer: true)));

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

    [Theory]
    [InlineData(44u, 0x1B0, "usermod -aG ")]
    [InlineData(0u, 0x1B0, "give the nodes to a group that is made for them")]
    [InlineData(44u, 0x180, "give the nodes to a group that is made for them")]
    public void Root_s_group_is_never_joined_nor_one_that_may_not_open_the_node(uint group, int mode, string advice)
    {
        var node = new DeviceNodeFacts("/dev/nvidiactl", Errno.None, new FileOwner(0, group, (ushort)mode), null);
        Assert.StartsWith(advice, DeviceNodeCheck.Judge(node, ("forewarn", 990, [990])).Single().Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_hung_is_a_problem_that_names_card_and_call()
    {
        var facts = new SourceFacts([], [new("0000:5d:00.0", "persistence", "did not return within 10 s")]);
        Assert.Contains("0000:5d:00.0: call 'persistence' did not return within 10 s", Texts(ExaminationCheck.Judge(facts)), StringComparison.Ordinal);
        Assert.Equal("Note", Severities(ExaminationCheck.Judge(new([], [], "released"))));
        Assert.Equal("Warning: the library was not asked: no room > make some", Texts(ExaminationCheck.Judge(new([], [], "no room", "make some"))));
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

    private static IEnumerable<Finding> Missing(string? driver, params string[] symbols) => SymbolCheck.Judge(
        Facts([.. driver is null ? Array.Empty<string>() : [$"driver-version {driver}"], .. symbols.Select(symbol => $"missing-symbol {symbol}")]),
        NvmlSymbolLoss.Of, isProfiling: false);

    private static NamedProcess Process(string name, params string[] arguments) => new(name.Length, name, () => [name, .. arguments]);
}

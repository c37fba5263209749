using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class ProcTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    [Fact]
    public void Majors_are_found_by_their_drivers_name()
    {
        _root.With("proc/devices", """
            Character devices:
              1 mem
              5 /dev/tty
              5 /dev/console
            195 nvidia
            195 nvidiactl
            234 nvidia-caps
            511 a name with spaces

            Block devices:
              7 loop
            259 blkext

            """);

        Assert.True(ProcDevices.TryRead(_root.Path, out ProcDevices? devices));
        Assert.Equal(195, devices.CharacterMajor("nvidia"));
        Assert.Equal(234, devices.CharacterMajor("nvidia-caps"));
        Assert.Equal(511, devices.CharacterMajor("a name with spaces"));
        Assert.Null(devices.CharacterMajor("loop"));
        Assert.Null(devices.CharacterMajor("nvid"));
        Assert.Equal([new(7, "loop"), new(259, "blkext")], devices.Block);
        Assert.Equal(7, devices.Character.Count);
    }

    [Fact]
    public void An_absent_or_strange_list_of_devices_has_none()
    {
        Assert.False(ProcDevices.TryRead(_root.Path, out _));
        Assert.Empty(ProcDevices.Parse("195 before any heading\n\nCharacter devices:\nnot a number\n").Character);
    }

    [Fact]
    public void A_boot_has_a_name()
    {
        _root.With("proc/sys/kernel/random/boot_id", "f149b8ea-a27b-4fda-a0ea-1c598f474827\n");

        Assert.True(BootId.TryRead(_root.Path, out Guid id));
        Assert.Equal("f149b8ea-a27b-4fda-a0ea-1c598f474827", id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("f149b8ea-a27b-4fda-a0ea-1c598f47482")]
    [InlineData("f149b8ea-a27b-4fda-a0ea-1c598f474827 more")]
    public void Anything_else_names_no_boot(string content)
    {
        _root.With("proc/sys/kernel/random/boot_id", content);

        Assert.False(BootId.TryRead(_root.Path, out _));
    }

    [Fact]
    public void Pss_is_read_in_bytes()
    {
        _root.With("proc/77/smaps_rollup", """
            56204a3ec000-7ffdd6423000 ---p 00000000 00:00 0                          [rollup]
            Rss:                1696 kB
            Pss:                 270 kB
            Pss_Dirty:           112 kB
            Pss_Anon:            112 kB
            SwapPss:               5 kB

            """);

        Assert.True(SmapsRollup.TryReadPss(_root.Path, 77, out long bytes));
        Assert.Equal(276_480, bytes);
        Assert.False(SmapsRollup.TryReadPss(_root.Path, 78, out _));
    }

    [Theory]
    [InlineData("rollup\nPss:  270 MB\n")]
    [InlineData("rollup\nPss:  kB\n")]
    [InlineData("rollup\nPss:")]
    [InlineData("rollup\nSwapPss: 1 kB\n")]
    [InlineData("")]
    public void Anything_else_is_no_pss(string text) =>
        Assert.False(SmapsRollup.TryParsePss(System.Text.Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_process_is_read_whatever_its_name_holds()
    {
        _root.With(
            "proc/25960/stat",
            "25960 (a) R 1 (b) D 25909 25909 13758 0 -1 4194304 99 0 0 0 311 42 0 0 20 0 1 0 186741 3133440 381 18446744073709551615 0\n");

        Assert.True(ProcStat.TryRead(_root.Path, 25960, out ProcStat stat));
        Assert.Equal(new(25960, 'D', 311, 42, 186741), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("25960 (cat")]
    [InlineData("25960 (cat) ")]
    [InlineData("25960 (cat) R 1 2 3")]
    [InlineData("x (cat) R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21")]
    public void Anything_else_is_no_process(string text) =>
        Assert.False(ProcStat.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void This_machine_has_them_all()
    {
        Assert.True(ProcDevices.TryRead("/", out ProcDevices? devices));
        Assert.Equal(1, devices.CharacterMajor("mem"));
        Assert.True(BootId.TryRead("/", out Guid id));
        Assert.NotEqual(Guid.Empty, id);
        Assert.True(ProcStat.TryRead("/", Environment.ProcessId, out ProcStat stat));
        Assert.Equal(Environment.ProcessId, stat.Process);
        Assert.InRange(stat.UserTicks, 1, long.MaxValue);
        Assert.InRange(stat.StartTicks, 1, long.MaxValue);
        Assert.True(SmapsRollup.TryReadPss("/", Environment.ProcessId, out long bytes));
        Assert.InRange(bytes, 1 << 20, Environment.WorkingSet * 2);
    }

    public void Dispose() => _root.Dispose();
}

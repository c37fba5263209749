using System.Text;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public sealed class GrowingLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly GrowingLog _log;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public GrowingLogTests() => _log = new GrowingLog(Path.Join(_folder.Path, "kmsg"), _stop);

    public void Dispose()
    {
        _log.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void One_read_is_one_record_with_its_dictionary()
    {
        Append("3,1,2,-;one\n DEVICE=+pci:0000:81:00.0\n SUBSYSTEM=pci\n3,2,3,-;two\n");
        Assert.Equal(["3,1,2,-;one\n DEVICE=+pci:0000:81:00.0\n SUBSYSTEM=pci\n", "3,2,3,-;two\n", "TryAgain"], [Read(), Read(), Read()]);
    }

    [Fact]
    public void A_line_that_is_not_ended_waits_for_its_rest()
    {
        Append("3,1,2,-;NVRM: Xid (PCI:0000:81:00): 7");
        Assert.Equal("TryAgain", Read());
        Append("9, GPU has fallen off the bus.\n");
        Assert.Equal("3,1,2,-;NVRM: Xid (PCI:0000:81:00): 79, GPU has fallen off the bus.\n", Read());
    }

    [Fact]
    public void A_file_in_its_place_is_read_from_its_start()
    {
        Append("3,1,2,-;first boot\n3,2,2,-;never end");
        Assert.Equal("3,1,2,-;first boot\n", Read());
        File.Delete(Path.Join(_folder.Path, "kmsg"));
        Append("3,0,2,-;second boot\n");
        Assert.Equal(("3,0,2,-;second boot\n", 1), (Read(), _log.Generation));
    }

    [Fact]
    public void A_file_that_is_not_there_says_so_and_one_that_comes_is_read()
    {
        Assert.Equal("NoEntry", Read());
        Append("3,1,2,-;one\n");
        Assert.Equal("3,1,2,-;one\n", Read());
    }

    [Fact]
    public void A_record_that_does_not_fit_is_not_lost_and_one_beyond_all_measure_is_passed_over()
    {
        Append($"3,1,2,-;{new string('x', 20_000)}\n3,2,2,-;{new string('y', 3 << 20)}\n3,3,2,-;three\n");
        Assert.Equal("InvalidArgument", Read());
        Assert.Equal(20_009, _log.Read(new byte[KernelLogReader.LongestRecord], out _));
        var large = new byte[KernelLogReader.LongestRecord];
        Assert.Equal(-1, _log.Read(large, out var error));
        Assert.Equal(Errno.InvalidArgument, error);
        Assert.Equal("3,3,2,-;three\n", Read());
    }

    [Fact]
    public void It_is_what_stands_behind_the_door_of_a_simulated_node()
    {
        Append("3,1,2,-;one\n");
        using var log = KernelLogDoor.Open(Path.Join(_folder.Path, "kmsg"), _stop, out _, out _);
        Assert.IsType<GrowingLog>(log);
        Assert.Null(KernelLogDoor.Open(Path.Join(_folder.Path, "none"), _stop, out var reason, out var detail));
        Assert.Equal((Model.NoDataReason.NotSupported, $"{_folder.Path}/none is not there"), (reason, detail));
        Assert.Null(KernelLogDoor.Open("/dev/null", _stop, out reason, out _));
        Assert.Equal(Model.NoDataReason.Invalid, reason);
        Assert.Equal(Model.NoDataReason.NoPermission, KernelLogDoor.Why("/dev/kmsg", Errno.NotPermitted).Reason);
    }

    private void Append(string text) => File.AppendAllText(Path.Join(_folder.Path, "kmsg"), text);

    private string Read() => _log.Read(_buffer, out var error) is > 0 and var length ? Encoding.ASCII.GetString(_buffer, 0, length) : error.ToString();
}

using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public class DeviceLogTests
{
    [KernelLogFact]
    public void Every_record_of_this_machine_s_log_is_understood_and_they_are_in_their_order()
    {
        using var stop = new ManualResetEvent(initialState: false);
        using var log = KernelLogDoor.Open(KernelLog.DevicePath, stop, out _, out _);
        Assert.IsType<DeviceLog>(log);
        var buffer = new byte[16 * 1024];
        var (records, last) = (0, -1L);
        int length;
        Errno error;
        while ((length = log.Read(buffer, out error)) > 0 || error == Errno.BrokenPipe)
        {
            if (length <= 0) continue;
            Assert.Equal(KernelLogFault.None, KernelRecord.TryParse(buffer.AsSpan(0, length), out var record));
            Assert.True((long)record.Sequence > last, $"{record.Sequence} after {last}");
            (records, last) = (records + 1, (long)record.Sequence);
        }

        Assert.Equal(Errno.TryAgain, error);
        Assert.True(records > 0);
    }
}

using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>What the kernel writes of bus, host memory, adapters, disks and processes, in its own words.</summary>
public class MachineLineTests
{
    [Theory]
    [InlineData("nvidia 0000:81:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)", 0, "GPU-known", "Physical Layer", "Receiver ID")]
    [InlineData("nvidia 0000:81:00.0: AER: PCIe Bus Error: severity=Uncorrectable (Fatal), type=Transaction Layer, (Requester ID)", 2, "GPU-known", "Transaction Layer", "Requester ID")]
    [InlineData("nvidia 0000:81:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Inaccessible, (Unregistered Agent ID)", 1, "GPU-known", "Inaccessible", "Unregistered Agent ID")]
    [InlineData("pcieport 0000:80:01.0: PCIe Bus Error: severity=Correctable, type=Data Link Layer, (Transmitter ID)", 0, null, "0000:80:01.0", "Data Link Layer")]
    [InlineData("pcieport 0000:80:01.0: AER: Corrected error received: 0000:81:00.0", 0, "GPU-known", "port 0000:80:01.0", "0000:81:00.0")]
    [InlineData("pcieport 0000:80:01.0: AER: Multiple Corrected error received: 0000:81:00.0", 0, "GPU-known", "port 0000:80:01.0", "0000:81:00.0")]
    [InlineData("pcieport 0000:00:1c.0: AER: Multiple Uncorrectable (Non-Fatal) error message received from 0000:73:00.1", 1, null, "port 0000:00:1c.0", "0000:73:00.1")]
    [InlineData("pcieport 0000:80:01.0: AER: Uncorrected (Fatal) error received: 0000:81:00.0", 2, "GPU-known", "port 0000:80:01.0", "0000:81:00.0")]
    [InlineData("pcieport 0000:80:01.0: DPC: containment event, status:0x1f01: unmasked uncorrectable error detected", 2, null, "DPC 0000:80:01.0", "0000:80:01.0")]
    [InlineData("pcieport 0000:80:01.0: AER: device recovery failed", 2, null, "recovery 0000:80:01.0", "0000:80:01.0")]
    [InlineData("nvidia 0000:81:00.0: aer_status: 0x00001000, aer_mask: 0x00000000", 1, "GPU-known", "firmware", "0000:81:00.0")]
    public void Errors_of_the_bus(string line, long code, string? device, string unit, string place)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.BusError, code, device), (happened.Kind, happened.Code, happened.Device?.Id.Value));
        Assert.Equal((unit, place), (happened.Detail!.Unit, happened.Detail.Place));
    }

    [Fact]
    public void What_a_port_says_is_of_the_one_accelerator_below_it()
    {
        using var root = new TemporaryFolder();
        var bench = KernelBench.BelowPort(root);
        bench.Log.Line("pcieport 0000:80:01.0: DPC: containment event, status:0x1f01: unmasked uncorrectable error detected")
            .Line("pcieport 0000:80:01.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)")
            .Line("pcieport 0000:80:02.0: AER: device recovery failed");
        Assert.Equal([("GPU-known", "DPC", 0x1f01u), ("GPU-known", "0000:80:01.0", 0u), (null, "recovery 0000:80:02.0", 0u)],
            bench.Drain().Events.Select(one => (one.Device?.Id.Value, one.Detail!.Unit, one.Detail.Registers.FirstOrDefault())));
    }

    [Fact]
    public void The_registers_below_a_bus_error_are_the_same_error() => Assert.Empty(KernelBench.Of(3,
        "nvidia 0000:81:00.0:   device [10de:2330] error status/mask=00000001/00002000", "nvidia 0000:81:00.0:    [ 0] RxErr                  (First)",
        "pcieport 0000:80:01.0: AER: device recovery successful"));

    [Theory]
    [InlineData("EDAC MC0: 1 CE memory read error on CPU_SrcID#0_MC#0_Chan#0_DIMM#0 (channel:0 slot:0 page:0x6c01e4 offset:0x800 grain:32 syndrome:0x0 - err_code:0x0101:0x0090)", 0, 1, "MC0 CPU_SrcID#0_MC#0_Chan#0_DIMM#0")]
    [InlineData("EDAC MC3: 12 UE memory scrubbing error on CPU_SrcID#1_MC#1_Chan#0_DIMM#1 (channel:0 slot:1 page:0x1 offset:0x0 grain:32)", 1, 12, "MC3 CPU_SrcID#1_MC#1_Chan#0_DIMM#1")]
    [InlineData("Memory failure: 0x6c01e4: recovery action for dirty LRU page: Recovered", 1, 1, "page")]
    [InlineData("Memory failure: 0x6c01e4: recovery action for reserved kernel page: Failed", 1, 1, "page")]
    [InlineData("mce: [Hardware Error]: Machine check events logged", 0, 1, "machine check")]
    [InlineData("mce: [Hardware Error]: CPU 12: Machine Check Exception: 5 Bank 7: be00000000800400", 1, 1, "bank 7")]
    [InlineData("mce: [Hardware Error]: CPU 3: Machine Check: 0 Bank 8: 8c00004000010090", 0, 1, "bank 8")]
    [InlineData("[Hardware Error]: Corrected error, no action required.", 0, 1, "machine check")]
    [InlineData("[Hardware Error]: Uncorrected, software restartable error.", 1, 1, "machine check")]
    [InlineData("{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4", 1, 1, "APEI")]
    public void Errors_of_the_host(string line, long code, long count, string unit)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.HostHardwareError, code, count, unit), (happened.Kind, happened.Code, happened.Count, happened.Detail!.Unit));
        Assert.Null(happened.Device);
    }

    [Fact]
    public void Firmware_s_report_is_one_event_and_a_second_only_where_it_turns_out_worse()
    {
        string[] rest = ["{2}[Hardware Error]: It has been corrected by h/w and requires no further action", "{2}[Hardware Error]: event severity: corrected", "{2}[Hardware Error]:  Error 0, type: corrected"];
        var corrected = Assert.Single(KernelBench.Of(4, ["{2}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4", .. rest]));
        Assert.Equal(0, corrected.Code);
        Assert.Single(KernelBench.Of(3, "{2}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4", "{2}[Hardware Error]: event severity: fatal"));
        Assert.Equal([0L, 1L], KernelBench.Of(4, "{2}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4", "{2}[Hardware Error]: event severity: fatal").Select(one => one.Code));
    }

    [Theory]
    [InlineData("mlx5_core 0000:d2:00.0: poll_health:825:(pid 0): device's health compromised - reached miss count", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: poll_health:812:(pid 0): Fatal error 1 detected", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: print_health_info:430:(pid 0): Health issue observed, firmware internal error, severity(3) ERROR:", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: print_health_info:452:(pid 0): synd 0x8: unrecoverable hardware error", 8, "syndrome", "")]
    [InlineData("mlx5_core 0000:d2:00.0: print_health_info:452:(pid 0): synd 0x10: High temperature", 16, "syndrome", "")]
    [InlineData("mlx5_core 0000:d2:00.0: mlx5_health_try_recover:330:(pid 99): handling bad device here", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: PCI slot is unavailable", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: mlx5_health_try_recover:338:(pid 99): health recovery flow aborted, PCI reads still not working", 0, "health", "")]
    [InlineData("mlx5_core 0000:d2:00.0: wait_func:1165:(pid 5): CMD(0x100) timeout. Will cause a leak of a command resource", 0, "command", "")]
    [InlineData("mlx5_core 0000:d2:00.0: mlx5_cmd_out_err:816:(pid 5): ACCESS_REG(0x805) op_mod(0x1) failed, status bad operation(0x2), syndrome (0x305684), err(-22)", 0, "command", "")]
    [InlineData("mlx5_core 0000:d2:00.0: Port module event: module 0, Cable unplugged", 0, "unplugged module 0", "module 0, Cable unplugged")]
    [InlineData("mlx5_core 0000:d2:00.0: Port module event: module 0, Cable plugged", 0, "plugged module 0", "module 0, Cable plugged")]
    [InlineData("mlx5_core 0000:d2:00.0: Port module event[error]: module 0, Cable error, High Temperature", 0, "module", "module 0, Cable error, High Temperature")]
    [InlineData("mlx5_core 0000:d2:00.0: temp_warn:159:(pid 0): High temperature on sensors with bit set 0 1", 0, "temperature", "")]
    [InlineData("mlx5_core 0000:d2:00.0: Detected insufficient power on the PCIe slot (27W).", 0, "slot power", "")]
    [InlineData("mlx5_core 0000:d2:00.0 eth2: TX timeout detected", 0, "transmit", "eth2")]
    [InlineData("mlx5_core 0000:d2:00.0 ib0: Link down", 0, "link down ib0", "ib0")]
    [InlineData("mlx5_core 0000:d2:00.0: Link down", 0, "link down", "")]
    [InlineData("mlx5_core 0000:d2:00.0 ib0: Link up", 0, "link up ib0", "ib0")]
    public void Trouble_of_an_adapter(string line, long code, string unit, string place)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.NetworkTrouble, code, unit, place), (happened.Kind, happened.Code, happened.Detail!.Unit, happened.Detail.Place));
        Assert.Equal("pci:0000:d2:00.0", happened.Device!.Id.Value);
    }

    [Theory]
    [InlineData("Port module event: module 0, Cable plugged", PrintedSeverity.Corrected)]
    [InlineData("Port module event: module 0, Cable unplugged", PrintedSeverity.NonFatal)]
    [InlineData("Port module event[error]: module 0, Cable error, Bus stuck(I2C or data shorted)", PrintedSeverity.NonFatal)]
    [InlineData("Link up", PrintedSeverity.Corrected)]
    [InlineData("Link down", PrintedSeverity.NonFatal)]
    public void A_cable_or_a_link_that_comes_is_no_trouble(string text, PrintedSeverity printed)
        => Assert.Equal(printed, KernelBench.One("mlx5_core 0000:d2:00.0: " + text).Detail!.Printed);

    [Fact]
    public void The_registers_below_a_health_issue_are_the_same_issue() => Assert.Empty(KernelBench.Of(3,
        "mlx5_core 0000:d2:00.0: print_health_info:431:(pid 0): assert_var[0] 0x00000001",
        "mlx5_core 0000:d2:00.0: print_health_info:440:(pid 0): fw_ver 28.39.1002", "mlx5_core 0000:d2:00.0: print_health_info:449:(pid 0): rfr 0",
        "mlx5_core 0000:d2:00.0: print_health_info:450:(pid 0): severity 3 (ERROR)", "mlx5_core 0000:d2:00.0: print_health_info:453:(pid 0): ext_synd 0x8a21"));

    [Fact]
    public void Another_error_of_an_adapter_is_told_chatter_is_not()
    {
        Assert.Equal("mlx5_eq_poll", KernelBench.One("mlx5_core 0000:d2:00.0: mlx5_eq_poll:12:(pid 3): something new").Detail!.Unit);
        Assert.Empty(KernelBench.Of(6, "mlx5_core 0000:d2:00.0: firmware version: 28.39.1002"));
    }

    [Theory]
    [InlineData("ice 0000:98:00.0 irdma0: abnormal ae_id = 0x50b bool qp=1 qp_id = 3", "pci:0000:98:00.0")]
    [InlineData("infiniband irdma1: cqp timeout", null)]
    public void Trouble_of_Intel_s_adapters(string line, string? device)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.NetworkTrouble, "irdma", device), (happened.Kind, happened.Detail!.Unit, happened.Device?.Id.Value));
        Assert.Empty(KernelBench.Of(6, line));
    }

    [Theory]
    [InlineData("blk_update_request: I/O error, dev sda, sector 1234 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0", "sda", "i/o")]
    [InlineData("I/O error, dev nvme0n1, sector 2048 op 0x1:(WRITE) flags 0x0 phys_seg 1 prio class 2", "nvme0n1", "i/o")]
    [InlineData("Buffer I/O error on dev dm-0, logical block 12, lost async page write", "dm-0", "i/o")]
    [InlineData("critical medium error, dev sdb, sector 99 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2", "sdb", "medium")]
    [InlineData("EXT4-fs error (device sda1): ext4_journal_check_start:83: comm x: Detected aborted journal", "sda1", "file system")]
    [InlineData("EXT4-fs (sda1): Remounting filesystem read-only", "read-only sda1", "read-only")]
    [InlineData("BTRFS info (device sdb): forced readonly", "read-only sdb", "read-only")]
    [InlineData("EXT4-fs (sda1): shut down requested (2)", "shut down sda1", "shut down")]
    [InlineData("XFS (dm-0): Corruption of in-memory data (0x8) detected at xfs_trans_cancel+0x11f. Shutting down filesystem.", "shut down dm-0", "shut down")]
    [InlineData("XFS (sda1): xfs_do_force_shutdown(0x2) called from line 1235 of file fs/xfs/xfs_log.c.", "shut down sda1", "shut down")]
    [InlineData("XFS (sdc): Metadata I/O Error (0x1) detected at xfs_trans_read_buf_map", "sdc", "file system")]
    [InlineData("XFS (sdc): Filesystem has been shut down due to log error (0x2).", "shut down sdc", "shut down")]
    [InlineData("nvme nvme0: I/O 12 QID 3 timeout, aborting", "nvme0", "controller")]
    [InlineData("nvme nvme1: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10", "nvme1", "controller")]
    [InlineData("nvme nvme1: Removing after probe failure status: -19", "nvme1", "controller")]
    [InlineData("md/raid1:md0: Disk failure on sdb1, disabling device.", "md0", "array")]
    [InlineData("md/raid:md127: Cannot continue operation (2/4 failed).", "md127", "array")]
    [InlineData("nfs: server 10.0.0.1 not responding, still trying", "10.0.0.1", "server")]
    public void Disks_and_file_systems_that_fail(string line, string device, string place)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.StorageTrouble, device, place), (happened.Kind, happened.Detail!.Unit, happened.Detail.Place));
    }

    [Theory]
    [InlineData("Out of memory: Killed process 1234 (python) total-vm:10kB, anon-rss:1kB, file-rss:0kB", "machine", 1234, "python")]
    [InlineData("Memory cgroup out of memory: Killed process 77 (nccl (test)) total-vm:10kB, anon-rss:1kB", "control group", 77, "nccl (test")]
    public void Processes_that_were_killed_for_memory(string line, string unit, int pid, string name)
    {
        var happened = KernelBench.One(line, "oom_reaper: reaped process 1234 (python), now anon-rss:0kB");
        Assert.Equal((HealthEventKind.OutOfMemory, unit, pid), (happened.Kind, happened.Detail!.Unit, happened.Detail.Pid));
        Assert.StartsWith(name, happened.Detail.Process, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INFO: task nv_queue:123 blocked for more than 120 seconds.", "task", 123, "nv_queue")]
    [InlineData("INFO: task kworker/u8:2:77 blocked for more than 241 seconds.", "task", 77, "kworker/u8:2")]
    [InlineData("watchdog: BUG: soft lockup - CPU#12 stuck for 22s! [nvidia-smi:123]", "soft lockup", 123, "nvidia-smi")]
    [InlineData("watchdog: Watchdog detected hard LOCKUP on cpu 3", "hard lockup", 0, "")]
    [InlineData("rcu: INFO: rcu_sched detected stalls on CPUs/tasks:", "rcu", 0, "")]
    [InlineData("rcu: INFO: rcu_preempt self-detected stall on CPU", "rcu", 0, "")]
    public void What_stands_still_in_the_kernel(string line, string unit, int pid, string name)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.KernelStall, unit, pid, name), (happened.Kind, happened.Detail!.Unit, happened.Detail.Pid, happened.Detail.Process));
    }

    [Theory]
    [InlineData("python[1234]: segfault at 0 ip 00007f11 sp 00007ffd error 4 in libnccl.so.2.19.3[7f0000000000+8000000]", "libnccl.so.2.19.3", 1234, "python")]
    [InlineData("traps: my job[77] general protection fault ip:7f1 sp:7ff error:0 in libmlx5.so.1.24[7f+1000]", "libmlx5.so.1.24", 77, "my job")]
    public void Processes_that_died_in_a_library_of_communication(string line, string library, int pid, string name)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.LibraryCrashed, library, pid, name), (happened.Kind, happened.Detail!.Unit, happened.Detail.Pid, happened.Detail.Process));
        Assert.Empty(KernelBench.Of(6, "python[1]: segfault at 0 ip 0 sp 0 error 4 in libc.so.6[7f+1000]"));
    }
}

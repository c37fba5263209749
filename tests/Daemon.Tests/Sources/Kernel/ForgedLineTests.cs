using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>What a user who may crash his own program, and call it and its file what he likes, can make the kernel write in its own name.</summary>
public class ForgedLineTests
{
    private const string Registers = "at 0 ip 00005581a3c2d129 sp 00007ffd5a1b6c90 error 6 in";
    private const string Mapped = "[5581a3c2d000+1000] likely on CPU 3 (core 3, socket 0)";

    [Theory]
    [InlineData($"NVRM: Xid ([4242]: segfault {Registers} x 0000:81:00): 79, a{Mapped}")]
    [InlineData($@"a.out[4242]: segfault {Registers} x\x0aNVRM: Xid (PCI:0000:81:00): 79, a{Mapped}")]
    [InlineData($@"NVRM: [4242]: segfault {Registers} x\x0aNVRM: Xid (PCI:0000:81:00): 79, a{Mapped}")]
    [InlineData($@"NVRM: \x0aNVRM: [4242]: segfault {Registers} x\x0aNVRM: Xid (PCI:0000:81:00): 79, a{Mapped}")]
    [InlineData($@" in x\x0aNVRM: Xid (PCI:0000:81:00): 79, a{Mapped}")] // the end of the line came as a record of its own
    [InlineData($"NVRM: Assert: [4242]: segfault {Registers} x 0000:81:00 @ a.c:1")]
    [InlineData($@"NVRM: Assert: \x0a[4242]: segfault {Registers} x{Mapped}")]
    [InlineData($@"\x01\x02\x03\x04\x05\x06 SXid ([4242]: segfault {Registers} x{Mapped}")]
    [InlineData("traps: NVRM: Xid ([4242] trap divide error ip:5581a3c2d129 sp:7ffd5a1b6c90 error:0 in x 0000:81:00): 79, a[5581a3c2d000+1000]")]
    [InlineData($"NVRM: x[4242]: segfault {Registers} Xid (PCI:0000:81:00): 79, a{Mapped}")]
    [InlineData("NVRM: Xid (4242): drop_caches: 3")]
    [InlineData($"a.out[4242]: segfault {Registers} critical medium error, dev sda, {Mapped}")]
    [InlineData($"a.out[4242]: segfault {Registers} amdgpu_job_timedout *ERROR* ring x timeout{Mapped}")]
    [InlineData($"INFO: task x[4242]: segfault {Registers} a:1 blocked for more than 9 seconds{Mapped}")]
    [InlineData("irdma invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")]
    [InlineData("process '/home/a/critical medium error, dev sda, x' started with executable stack")]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: Process reset failed pid 4242 thread MODE1 reset pid 4242")]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: Process ring x timeout pid 4242 thread x pid 4242")]
    public void It_is_no_word_of_a_driver(string line) => Assert.Empty(KernelBench.Of(4, line));

    [Fact]
    public void A_crash_is_told_as_what_it_is()
    {
        var happened = KernelBench.One($@"NVRM: Xid ([4242]: segfault {Registers} libnccl.so.2\x0aNVRM: Xid (PCI:0000:81:00): 79, a{Mapped}");
        Assert.Equal((HealthEventKind.LibraryCrashed, 4242), (happened.Kind, happened.Detail!.Pid));
    }

    [Fact]
    public void A_name_in_a_driver_s_own_line_does_not_silence_it()
    {
        var happened = KernelBench.One("NVRM: Xid (PCI:0000:81:00): 48, pid=4242, name=[1]: segfault , An uncorrectable double bit error");
        Assert.Equal((48L, "GPU-known"), (happened.Code, happened.Device!.Id.Value));
    }

    [Fact]
    public void Of_several_lines_those_of_the_driver_count_and_no_others()
        => Assert.Equal([79L, 48L], KernelBench.Of(3, @"NVRM: Xid (PCI:0000:81:00): 79, a\x0aNVRM: Xid (PCI:0000:81:00): 48, b\x0aEXT4-fs (sda1): Remounting filesystem read-only")
            .Select(happened => happened.Code));

    [Theory]
    [InlineData("NVRM: Xid (at 0000:81:00) 79 fell")]
    [InlineData("NVRM: Xid (who knows): 79, 0000:81:00")]
    [InlineData("NVRM: something Xid (PCI:0000:81:00): 79, GPU has fallen off the bus.")]
    public void A_card_and_a_code_count_in_their_places_alone(string line)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverTrouble, 0L, (Device?)null, line), (happened.Kind, happened.Code, happened.Device, happened.Text));
    }
}

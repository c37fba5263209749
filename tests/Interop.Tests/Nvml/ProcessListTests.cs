using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Whatever a driver writes for a process, the caller reads the same; and never past the span that it gave.</summary>
public sealed class ProcessListTests
{
    private const uint None = 0xFFFFFFFF;
    private const int Processes = 4;

    private static readonly NvmlDriverVersion Narrow = new(550, 163, 1);
    private static readonly NvmlDriverVersion Wide = new(535, 86, 10);

    public static TheoryData<int, bool, NvmlDriverVersion> Drivers => new()
    {
        { 16, false, new(418, 226) },
        { 24, true, new(450, 248, 2) },
        { 24, false, Narrow },
        { 32, false, Wide },
    };

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Entries_of_every_size_read_alike(int bytes, bool second, NvmlDriverVersion driver)
    {
        using CompiledLibrary compiled = CompiledLibrary.ProcessLists(bytes, second);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;
        var processes = new NvmlProcessInfo[8];

        Assert.All(Lists(nvml), list =>
        {
            Array.Clear(processes);
            Assert.Equal(NvmlReturn.Success, list(new(1), driver, processes, out uint count));
            Assert.Equal((uint)Processes, count);
            for (uint i = 0; i < count; i++)
                Assert.Equal(
                    (100 + i, (ulong)(i + 1) << 20, bytes == 16 ? None : i, bytes == 16 ? None : 10 + i),
                    (processes[i].Pid, processes[i].UsedGpuMemory, processes[i].GpuInstanceId, processes[i].ComputeInstanceId));
        });
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void The_number_that_is_asked_for_is_enough(int bytes, bool second, NvmlDriverVersion driver)
    {
        using CompiledLibrary compiled = CompiledLibrary.ProcessLists(bytes, second);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;

        Assert.All(Lists(nvml), list =>
        {
            Assert.Equal(NvmlReturn.InsufficientSize, list(new(1), driver, [], out uint needed));
            Assert.InRange(needed, (uint)Processes, 6u); // four of 32 bytes are five and a third of 24

            // Entries behind the span stand for what else the caller has in memory.
            var memory = new NvmlProcessInfo[needed + 2];
            memory.AsSpan((int)needed).Fill(new() { Pid = 7 });
            Assert.Equal(NvmlReturn.InsufficientSize, list(new(1), driver, memory.AsSpan(0, Processes - 1), out uint again));
            Assert.Equal(needed, again);
            Assert.Equal(NvmlReturn.Success, list(new(1), driver, memory.AsSpan(0, (int)needed), out uint count));
            Assert.Equal((uint)Processes, count);
            Assert.All(memory[(int)needed..], entry => Assert.Equal((7u, 0ul), (entry.Pid, entry.UsedGpuMemory)));
        });
    }

    // nvml.h of 535.43.02 has the fifth field, that of 535.98 has not; 535.104 has it in a list of its own.
    [Theory]
    [InlineData(530, 41, 3, false)]
    [InlineData(535, 43, 2, true)]
    [InlineData(535, 54, 3, true)]
    [InlineData(535, 86, 10, true)]
    [InlineData(535, 98, 0, false)]
    [InlineData(535, 104, 5, false)]
    [InlineData(550, 54, 15, false)]
    public void A_driver_writes_32_bytes_or_24(int major, int minor, int patch, bool wide)
    {
        using CompiledLibrary compiled = CompiledLibrary.ProcessLists(wide ? 32 : 24);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;
        var processes = new NvmlProcessInfo[8];

        Assert.Equal(
            NvmlReturn.Success,
            nvml.DeviceGetComputeRunningProcesses(new(1), new(major, minor, patch), processes, out uint count));
        Assert.Equal([100u, 101, 102, 103], processes[..(int)count].Select(process => process.Pid));
    }

    private static List[] Lists(NvmlLibrary nvml) =>
        [nvml.DeviceGetComputeRunningProcesses, nvml.DeviceGetGraphicsRunningProcesses, nvml.DeviceGetMPSComputeRunningProcesses];

    private delegate NvmlReturn List(NvmlDevice device, NvmlDriverVersion driver, Span<NvmlProcessInfo> processes, out uint count);
}

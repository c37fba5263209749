using System.Runtime.InteropServices;
using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class NativeHeapTests
{
    private const int Blocks = 1000;
    private const int BlockSize = 64 * 1024; // below the size from which malloc maps each block alone

    [Fact]
    public void What_is_free_between_blocks_in_use_goes_back_to_the_kernel()
    {
        var (blocks, kept, touch) = (new nint[Blocks], new nint[Blocks], new byte[BlockSize]);
        for (var i = 0; i < Blocks; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(BlockSize);
            Marshal.Copy(touch, 0, blocks[i], BlockSize);
            kept[i] = Marshal.AllocHGlobal(64);
        }

        foreach (var block in blocks) Marshal.FreeHGlobal(block);
        var before = Resident();
        NativeHeap.Trim();
        Assert.InRange(before - Resident(), Blocks * (long)BlockSize / 2, long.MaxValue);
        foreach (var block in kept) Marshal.FreeHGlobal(block);
    }

    /// <summary>Bytes, of /proc/self/statm.</summary>
    private static long Resident() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], null) * Environment.SystemPageSize;
}

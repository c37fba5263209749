using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class Xid74RegistersTests
{
    [Theory]
    [InlineData(new uint[] { 0x1, 0, 0, 0, 0, 0, 0 }, "Ignored")]
    [InlineData(new uint[] { 0x40800001, 0, 0, 0, 0, 0, 0 }, "Ignored")]
    [InlineData(new uint[] { 0x2, 0, 0, 0, 0, 0, 0 }, "Secondary")]
    [InlineData(new uint[] { 0x100000, 0, 0, 0, 0, 0, 0 }, "Secondary")]
    [InlineData(new uint[] { 0x10, 0, 0, 0, 0, 0, 0 }, "EccOrParity")]
    [InlineData(new uint[] { 0x10000100, 0, 0, 0, 0, 0, 0 }, "PossiblyHardware")]
    [InlineData(new uint[] { 0x200000, 0, 0, 0, 0, 0, 0 }, "MarginalSignal")]
    [InlineData(new uint[] { 0x8000000, 0, 0, 0, 0, 0, 0 }, "ReportIfRepeated")]
    [InlineData(new uint[] { 0x4, 0, 0, 0, 0, 0, 0 }, "Unlisted")]
    [InlineData(new uint[] { 0, 0, 0x40, 0, 0, 0, 0 }, "EccOrParity")]
    [InlineData(new uint[] { 0, 0, 0x10000, 0, 0, 0, 0 }, "DiagnoseIfRepeated")]
    [InlineData(new uint[] { 0, 0, 0x2000, 0, 0, 0, 0 }, "Unlisted")]
    [InlineData(new uint[] { 0, 0, 0x20000, 0, 0, 0, 0 }, "ReportIfRepeated")]
    [InlineData(new uint[] { 0, 0, 0, 0x10000, 0, 0, 0 }, "Secondary")]
    [InlineData(new uint[] { 0, 0, 0, 0x40000, 0, 0, 0 }, "SecondaryNeedsReset")]
    [InlineData(new uint[] { 0, 0, 0, 0, 0x40000, 0, 0 }, "EccOrParity")]
    [InlineData(new uint[] { 0, 0, 0, 0, 0x100000, 0, 0 }, "CorrectedThreshold")]
    [InlineData(new uint[] { 0x10, 0, 0, 0, 0x100000, 0, 0 }, "EccOrParity")]
    public void The_gravest_bit_decides(uint[] registers, string meaning)
        => Assert.Equal(meaning, Xid74Registers.Decode([.. registers]).ToString());

    [Fact]
    public void Registers_that_are_not_valid_are_not_looked_at()
    {
        Assert.Null(Xid74Registers.Decode([0, 0xFFFFFFFF, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF]));
        Assert.Null(Xid74Registers.Decode([]));
        Assert.Null(Xid74Registers.Decode(default(ImmutableArray<uint>)));
    }

    [Fact]
    public void Some_bits_count_only_when_they_repeat()
    {
        Assert.Equal(Severity.Watch, Xid74Registers.Judge(Xid74Bit.EccOrParity, 2).Severity);
        Assert.Equal(Remedy.InspectSoon, Xid74Registers.Judge(Xid74Bit.EccOrParity, 3));
        Assert.Equal(Severity.Watch, Xid74Registers.Judge(Xid74Bit.ReportIfRepeated, 1).Severity);
        Assert.Equal(Remedy.InspectFabric, Xid74Registers.Judge(Xid74Bit.ReportIfRepeated, 2));
        Assert.Equal(Remedy.SaveAndInspect, Xid74Registers.Judge(Xid74Bit.DiagnoseIfRepeated, 2));
        Assert.Equal(Severity.Info, Xid74Registers.Judge(Xid74Bit.CorrectedThreshold, 100).Severity);
        Assert.Equal(Remedy.InspectFabric, Xid74Registers.Judge(null, 1));
    }
}

using System.Text;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public class KernelRecordTests
{
    [Fact]
    public void A_record_is_taken_apart()
    {
        var fault = Parse("6,339,5140900,-,caller=T12;NET: Registered protocol family 10\n SUBSYSTEM=pci\n DEVICE=+pci:0000:81:00.0\n", out var record);
        Assert.Equal(KernelLogFault.None, fault);
        Assert.Equal((0, 6, 339ul, 5140900ul, false), (record.Facility, record.Level, record.Sequence, record.Microseconds, record.IsFragment));
        Assert.Equal("NET: Registered protocol family 10", Encoding.ASCII.GetString(record.Text));
        Assert.Equal("0000:81:00.0", Encoding.ASCII.GetString(record.PciFunction));
    }

    [Theory]
    [InlineData("3,1,2,c;x\n", true)]
    [InlineData("3,1,2,+;x\n", true)]
    [InlineData("3,1,2,-,c;x\n", false)]
    public void Pieces_of_a_line_are_marked(string raw, bool isFragment)
    {
        Assert.Equal(KernelLogFault.None, Parse(raw, out var record));
        Assert.Equal(isFragment, record.IsFragment);
    }

    [Fact]
    public void The_facility_is_what_stands_above_the_level()
    {
        Parse("14,1,2,-;x\n", out var record); // 1 << 3 | 6: user, info
        Assert.Equal((1, 6), (record.Facility, record.Level));
    }

    [Theory]
    [InlineData("", KernelLogFault.Malformed)]
    [InlineData("\n", KernelLogFault.Malformed)]
    [InlineData("no header at all\n", KernelLogFault.Malformed)]
    [InlineData("3,1;short\n", KernelLogFault.Malformed)]
    [InlineData("3,one,2,-;word\n", KernelLogFault.Malformed)]
    [InlineData("-3,1,2,-;sign\n", KernelLogFault.Malformed)]
    [InlineData("3,99999999999999999999999,2,-;too large\n", KernelLogFault.Malformed)]
    [InlineData("3,1,2,-;NVRM: Xid (PCI:0000:81:00): 7", KernelLogFault.Torn)]
    public void What_is_none_is_said_to_be_none(string raw, object fault) => Assert.Equal((KernelLogFault)fault, Parse(raw, out _));

    [Theory]
    [InlineData(@"plain", "plain")]
    [InlineData(@"a\x5cb", @"a\b")]
    [InlineData(@"one\x0atwo", "one\ntwo")]
    [InlineData(@"M\xc3\xbcller", "Müller")]
    [InlineData(@"\x1b[31mred", @"\x1b[31mred")]
    [InlineData(@"\xc2\x9b31m", "?31m")]
    [InlineData(@"cut\x5", @"cut\x5")]
    [InlineData(@"not hex \xzz", @"not hex \xzz")]
    [InlineData(@"\xff", "\ufffd")]
    public void Escapes_are_undone_but_for_what_a_terminal_would_obey(string escaped, string text)
    {
        var into = new char[100];
        Assert.Equal(text, new string(into, 0, KernelText.Decode(Encoding.ASCII.GetBytes(escaped), into)));
    }

    private static KernelLogFault Parse(string raw, out KernelRecord record) => KernelRecord.TryParse(Encoding.ASCII.GetBytes(raw), out record);
}

using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Recovery;

namespace Forewarn.Daemon.Tests.Recovery;

public class CardNumbersTests
{
    [Theory]
    [InlineData("0 1 2 3", 4, 2, 2)]
    [InlineData("3 1 0 2", 4, 2, 2)]
    [InlineData("4 5 6 7", 4, 6, 2)] // numbers begin where another driver's end
    [InlineData("0 1 2 3", 4, 9, -1)]
    [InlineData("0 1 2", 4, 2, -1)] // one has gone from the report: which, nobody can say
    [InlineData("0 1 2 3", 3, 2, -1)] // one is kept from the scheduler
    [InlineData("0 1 -1 3", 4, 3, -1)]
    [InlineData("0 0 1 1", 4, 1, -1)] // of two makers
    [InlineData("0 1", 0, 0, -1)]
    public void The_nth_is_the_nth_where_both_know_of_equally_many(string minors, int cards, int minor, int number)
    {
        ImmutableArray<ReportedDevice> devices = [.. minors.Split(' ').Select(one => new ReportedDevice { Id = one, Minor = int.Parse(one, CultureInfo.InvariantCulture) })];
        Assert.Equal(number, CardNumbers.Of(devices, cards)(minor));
    }
}

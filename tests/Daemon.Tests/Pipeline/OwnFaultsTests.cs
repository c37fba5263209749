using System.Globalization;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Tests.Pipeline;

public class OwnFaultsTests
{
    [Fact]
    public void Each_is_counted_and_told_once_and_there_is_an_end_to_it()
    {
        var faults = new OwnFaults();
        for (var i = 0; i < 1000; i++) faults.Take(string.Create(CultureInfo.InvariantCulture, $"taking {i % 100}"), new FormatException("a defect"));
        Assert.Equal("taking 0 fails: a defect", faults.Untold.Peek());
        Assert.Equal((64, 64, 10L), (faults.Untold.Count, faults.All.Count, faults.All["taking 5"].Count));
    }
}

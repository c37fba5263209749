using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class ApplicationCodesTests
{
    [Theory]
    [InlineData(13, true)]
    [InlineData(31, true)]
    [InlineData(8, false)] // the program or the driver: nobody can say
    [InlineData(79, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(99_999, false)]
    public void Only_what_is_certainly_the_programs_is(long code, bool isOne) => Assert.Equal(isOne, ApplicationCodes.Contains(code));
}

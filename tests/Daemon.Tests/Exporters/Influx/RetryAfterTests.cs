using System.Globalization;
using Forewarn.Daemon.Delivery;
using Forewarn.Daemon.Exporters.Influx;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("Sat, 14 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Saturday, 14-Mar-26 12:00:30 GMT", 30)] // RFC 850, which a recipient must still read
    [InlineData("Sat Mar 14 12:00:30 2026", 30)] // asctime, likewise
    [InlineData("Sat, 14 Mar 2026 11:59:00 GMT", 0)]
    public void Seconds_and_dates_are_read(string header, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("")]
    public void What_cannot_be_read_is_no_wish(string header) => Assert.Null(Read(header));

    [Fact]
    public void Waits_double_up_to_a_minute_and_a_random_half_is_taken_off()
    {
        var trouble = new WriteAnswer(Verdict.Unreachable);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Waits(() => 0, trouble));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Waits(() => 1, trouble));
        Assert.Equal([0.75, 1.5, 3, 6, 12, 24, 45, 45], Waits(() => 0.5, trouble));
    }

    [Fact]
    public void What_needs_somebody_is_asked_slowly_from_the_first_time() =>
        Assert.Equal([45, 45], Waits(() => 0.5, new(Verdict.Forbidden)).Take(2));

    [Fact]
    public void The_server_s_wish_is_the_least_and_has_a_bound()
    {
        Assert.Equal(7, Waits(() => 0, Throttled(7))[0]);
        Assert.Equal(7.7, Waits(() => 1, Throttled(7))[0], 3);
        Assert.Equal(0.5, Waits(() => 0, Throttled(0))[0]);
        Assert.Equal(600, Waits(() => 0, Throttled(86_400))[0]);
    }

    [Fact]
    public void After_a_success_the_first_wait_is_short_again()
    {
        var backoff = new Backoff(() => 0);
        for (var i = 0; i < 5; i++) backoff.Next(new(Verdict.ServerError));
        backoff.Reset();
        Assert.Equal(TimeSpan.FromSeconds(0.5), backoff.Next(new(Verdict.ServerError)));
    }

    private static WriteAnswer Throttled(int seconds) => new(Verdict.Throttled) { RetryAfter = TimeSpan.FromSeconds(seconds) };

    private static double[] Waits(Func<double> random, WriteAnswer trouble)
    {
        var backoff = new Backoff(random);
        return [.. Enumerable.Range(0, 8).Select(_ => backoff.Next(trouble).TotalSeconds)];
    }

    private static TimeSpan? Read(string header)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", header.ToString(CultureInfo.InvariantCulture));
        return RetryAfter.Of(response.Headers, Now);
    }
}

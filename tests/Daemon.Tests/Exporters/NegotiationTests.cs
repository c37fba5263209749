using Forewarn.Daemon.Exporters.Prometheus;

namespace Forewarn.Daemon.Tests.Exporters;

public class NegotiationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/*")]
    [InlineData("text/plain")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("application/json")]
    [InlineData("not a media type, ;;;")]
    [InlineData("application/openmetrics-text;version=0.0.1")]
    [InlineData("application/openmetrics-text;q=0.3,text/plain;q=0.5")]
    [InlineData("application/openmetrics-text;q=0,*/*;q=0.1")]
    [InlineData("application/openmetrics-text,text/plain")]
    [InlineData("text/plain;version=0.0.4,application/openmetrics-text")]
    public void Text_0_0_4_is_written(string? accept) => Assert.Equal(ExpositionFormat.PrometheusText, ScrapeNegotiation.Format(accept));

    [Theory]
    [InlineData("application/openmetrics-text")]
    [InlineData("application/openmetrics-text; version=1.0.0")]
    [InlineData("Application/OpenMetrics-Text;VERSION=\"1.0.0\"")]
    [InlineData("application/openmetrics-text,*/*")]
    [InlineData("text/plain;q=0.1,application/openmetrics-text;q=0.2")]
    [InlineData("text/plain;q=0,*/*")]

    // Prometheus 2.42, then 3.x.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75," +
        "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5," +
        "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")]
    public void OpenMetrics_is_written(string accept) => Assert.Equal(ExpositionFormat.OpenMetrics, ScrapeNegotiation.Format(accept));

    [Fact]
    public void Several_header_lines_are_one_list()
        => Assert.Equal(ExpositionFormat.OpenMetrics, ScrapeNegotiation.Format(new(["text/plain;q=0.5", "application/openmetrics-text"])));

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("x-gzip", true)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br;q=1.0, gzip;q=0.8, *;q=0.1", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0.5, identity;q=0.5", true)]
    [InlineData("gzip;q=0.5, identity", false)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("*;q=0", false)]
    [InlineData("identity", false)]
    [InlineData("br", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Gzip_is_used_where_it_is_wanted(string? acceptEncoding, bool gzip)
        => Assert.Equal(gzip, ScrapeNegotiation.Gzip(acceptEncoding));
}

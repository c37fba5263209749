using Forewarn.Daemon.Exporters.Influx;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>Answers as the three servers give them; those of InfluxDB 1 and VictoriaMetrics are also seen from the real ones.</summary>
public class ServerWordsTests
{
    [Fact]
    public void V1_says_how_many_it_dropped()
    {
        var answer = ServerWords.BadRequest("""{"error":"partial write: field type conflict: input field \"value\" on measurement \"m\" is type string, already exists as type float dropped=2"}""");
        Assert.Equal((Verdict.PartlyAccepted, 2), (answer.Verdict, answer.Dropped));
        Assert.StartsWith("partial write: field type conflict", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void V1_quotes_what_it_cannot_parse()
    {
        var answer = ServerWords.BadRequest("""{"error":"partial write: unable to parse 'm,a=1 value=': missing field value\nunable to parse 'x y': invalid field format dropped=0"}""");
        Assert.Equal(Verdict.BadPoints, answer.Verdict);
        Assert.Equal(["m,a=1 value=", "x y"], answer.BadTexts);
    }

    [Fact]
    public void V2_names_the_first_bad_line()
    {
        var answer = ServerWords.BadRequest("""{"code":"invalid","message":"failed to parse line protocol: errors encountered on line(s): 2","line":2}""");
        Assert.Equal(Verdict.BadPoints, answer.Verdict);
        Assert.Equal([1], answer.BadLines);
    }

    [Fact]
    public void V2_drops_what_is_older_than_the_bucket_keeps()
    {
        var answer = ServerWords.BadRequest("""{"code":"unprocessable entity","message":"failure writing points to database: partial write: dropped 3 points outside retention policy of duration 24h0m0s"}""");
        Assert.Equal((Verdict.PartlyAccepted, 3), (answer.Verdict, answer.Dropped));
    }

    [Fact]
    public void V3_names_every_bad_line()
    {
        var answer = ServerWords.BadRequest("""{"error":"partial write of line protocol occurred","data":[{"original_line":"a","line_number":2,"error_message":"invalid column type"},{"original_line":"b","line_number":5,"error_message":"x"}]}""");
        Assert.Equal([1, 4], answer.BadLines);
        Assert.Equal("partial write of line protocol occurred: invalid column type", answer.Text);
    }

    [Fact]
    public void V3_names_one_line_where_nothing_was_taken() => Assert.Equal(
        [0],
        ServerWords.BadRequest("""{"error":"parsing failed for write_lp endpoint","data":{"original_line":"a","line_number":1,"error_message":"no fields"}}""").BadLines);

    [Theory]
    [InlineData("")]
    [InlineData("<html>bad gateway</html>")]
    [InlineData("[1]")]
    [InlineData("{\"error\":4}")]
    [InlineData("{\"error\":\"half a letter: \\ud800\"}")]
    [InlineData("{\"code\":\"invalid\",\"message\":\"Please provide either orgID or org\"}")]
    [InlineData("{\"error\":\"partial write dropped=0\"}")]
    public void Other_words_are_not_about_points(string body)
    {
        var answer = ServerWords.BadRequest(body);
        Assert.Equal((Verdict.BadPoints, 0), (answer.Verdict, answer.Dropped));
        Assert.Empty(answer.BadLines);
        Assert.Empty(answer.BadTexts);
    }

    [Fact]
    public void Long_words_are_cut_and_cannot_steer_the_log()
    {
        var text = ServerWords.Text("a\nb\e[2J" + new string('x', 1000));
        Assert.Equal(301, text.Length);
        Assert.All(text, letter => Assert.False(char.IsControl(letter)));
    }
}

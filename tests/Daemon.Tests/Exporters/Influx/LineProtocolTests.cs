using System.Text;
using Forewarn.Daemon.Exporters.Influx;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

public class LineProtocolTests
{
    [Fact]
    public void Tags_are_sorted_and_an_empty_one_is_left_out() => Assert.Equal(
        "m,index=3,node=gpu-017,uuid=GPU-1 value=",
        Text(LineProtocol.Series("m", [new("uuid", "GPU-1"), new("index", "3"), new("slot", ""), new("node", "gpu-017")])));

    [Theory]
    [InlineData("a,b", @"a\,b")]
    [InlineData("a=b", @"a\=b")]
    [InlineData("a b", @"a\ b")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"a\", "a/")]
    [InlineData(@"a\,b", @"a/\,b")]
    [InlineData(@"a\\b", @"a/\b")]
    [InlineData("a\nb", @"a\ b")]
    [InlineData("显卡", "显卡")]
    public void A_tag_is_escaped(string value, string written) =>
        Assert.Equal($"m,k={written} value=", Text(LineProtocol.Series("m", [new("k", value)])));

    [Fact]
    public void A_text_field_is_quoted() => Assert.Equal(
        @"m a=""1, 2"",b=""say \""no\"" \\ "",n=4",
        Text(LineProtocol.Facts("m", [], [new("a", "1, 2"), new("none", ""), new("b", "say \"no\" \\\n")], "n=4")!));

    [Fact]
    public void Facts_without_any_are_none() => Assert.Null(LineProtocol.Facts("m", [], [new("a", "")]));

    [Fact]
    public void Random_texts_are_read_back_as_they_were()
    {
        const string letters = "ab,= \\\"\n\té显\u0001";
        var random = new Random(20260314);
        for (var i = 0; i < 20_000; i++)
        {
            var (measurement, key, tag, field) = (Random("m"), Random("k"), Random(""), Random(""));
            var line = Text(LineProtocol.Facts(measurement, [new(key, tag)], [new("f", field)], "n=1")!) + " 1767225600000";

            Assert.DoesNotContain('\n', line);
            var point = LinePoint.Parse(line);
            Assert.Equal(Representable(measurement), point.Measurement);
            Assert.Equal(tag.Length == 0 ? [] : [KeyValuePair.Create(Representable(key), Representable(tag))], point.Tags);
            Assert.Equal(field.Length == 0 ? null : WithoutControls(field), point.Fields.GetValueOrDefault("f"));
            Assert.Equal(1767225600000, point.Time);
        }

        string Random(string first) => first + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]));
    }

    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>What the protocol can carry: a backslash stays where its meaning does not hang on what follows.</summary>
    private static string Representable(string text)
    {
        var clean = WithoutControls(text);
        return string.Concat(clean.Select((c, i) => c == '\\' && (i + 1 == clean.Length || "\\,= ".Contains(clean[i + 1])) ? '/' : c));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}

namespace Forewarn.Daemon.Tests.Configuration;

public class ConfigurationErrorTests
{
    [Fact]
    public void All_errors_of_all_files_are_listed_at_once()
    {
        using var configuration = ConfigurationCase.Of("""
            [Sampling]
            # too fast
            Fast=0s
            [Agent]
            NodeNmae=x
            Listen=*:0
            Socket=run/x.sock
            """)
            .DropIn("a.conf", "[Source.alpah]\nEnabled=no\nLibrary=x\n[Promethues]\nEnabled=no\n")
            .Set("Fast=1s").Set("Source.alpha.Expected=many");

        Assert.Equal(
            [
                "forewarn.conf:3: [Sampling] Fast=0s: must be between 50ms and 1m",
                "forewarn.conf:5: [Agent] NodeNmae=x: unknown key (did you mean NodeName?)",
                "forewarn.conf:6: [Agent] Listen=*:0: must be a list of address:port such as *:9797, 127.0.0.1:9797 or [::1]:9797, or none",
                "forewarn.conf:7: [Agent] Socket=run/x.sock: must be an absolute path of at most 107 bytes",
                "forewarn.conf.d/a.conf:2: [Source.alpah]: there is no source \"alpah\" (did you mean Source.alpha?); there are: alpha, beta",
                "forewarn.conf.d/a.conf:5: [Promethues]: unknown section (did you mean Prometheus?)",
                "--set: \"Fast=…\" is not an assignment: write Section.Key=Value",
                "--set: [Source.alpha] Expected=many: must be auto or a number from 0 to 255",
            ],
            configuration.Errors());
    }

    [Fact]
    public void A_key_twice_in_one_file_names_both_lines_even_across_two_headings()
    {
        using var configuration = ConfigurationCase.Of("[Agent]\nNodeName=a\n[Sampling]\nFast=1s\n[Agent]\nNodeName=b\n");
        Assert.Equal(["forewarn.conf:6: [Agent] NodeName=b: is set twice in this file, first on line 2"], configuration.Errors());
    }

    [Theory]
    [InlineData("[Sampling]\nSlow=2s\nFast=5s", "forewarn.conf:2: [Sampling] Slow=2s: must not be below Fast, which is 5s (forewarn.conf:3)")]
    [InlineData("[Sampling]\nSlow=1s\nFast=1s", null)]
    public void Slow_is_not_below_fast(string text, string? error)
    {
        using var configuration = ConfigurationCase.Of(text);
        Assert.Equal(error is not null, configuration.Load().Options is null);
        if (error is not null)
        {
            Assert.Equal([error], configuration.Errors());
        }
    }

    [Theory]
    [InlineData("59m", false)]
    [InlineData("1h", true)]
    [InlineData("365d", true)]
    [InlineData("366d", false)]
    public void Events_are_kept_for_an_hour_at_least_and_a_year_at_most(string keep, bool isTaken)
    {
        using var configuration = ConfigurationCase.Of($"[Events]\nKeep={keep}\n");
        Assert.Equal(isTaken, configuration.Load().Options is not null);
        if (!isTaken) Assert.Equal([$"forewarn.conf:2: [Events] Keep={keep}: must be between 1h and 365d"], configuration.Errors());
    }

    [Theory]
    [InlineData("Fast=1s", "forewarn.conf:1: \"Fast=…\" stands before the first [Section]")]
    [InlineData("[Sampling]\nFast", "forewarn.conf:2: \"Fast\" is not an assignment: write Key=Value")]
    [InlineData("[Sampling]\n=1s", "forewarn.conf:2: \"=…\" is not an assignment: write Key=Value")]
    [InlineData("[Sampling\nFast=0s", "forewarn.conf:1: \"[Sampling\" is not a section: write [Name]")]
    [InlineData("[Sampling]\nFast=1s \\", "forewarn.conf:2: the file ends after a backslash that continues the line")]
    [InlineData("[sampling]\nFast=1s", "forewarn.conf:2: [sampling]: unknown section (did you mean Sampling?)")]
    [InlineData("[Zzz]\nFast=1s", "forewarn.conf:2: [Zzz]: unknown section")]
    [InlineData("[Zzz]", "forewarn.conf:1: [Zzz]: unknown section")]
    [InlineData("# a slip\n[Promethues]\n\n[Agent]", "forewarn.conf:2: [Promethues]: unknown section (did you mean Prometheus?)")]
    [InlineData("[Zzz]\n[Zzz]\nFast=1s", "forewarn.conf:3: [Zzz]: unknown section")]
    [InlineData("[Source.alpah]", "forewarn.conf:1: [Source.alpah]: there is no source \"alpah\" (did you mean Source.alpha?); there are: alpha, beta")]
    [InlineData("[Sampling]\nFast=", "forewarn.conf:2: [Sampling] Fast=: must be between 50ms and 1m")]
    public void A_line_that_cannot_be_read_is_one_error(string text, string error)
    {
        using var configuration = ConfigurationCase.Of(text);
        Assert.Equal([error], configuration.Errors());
    }
}

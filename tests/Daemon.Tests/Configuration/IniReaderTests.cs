using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Tests.Configuration;

public class IniReaderTests
{
    [Fact]
    public void Comments_blank_lines_and_blanks_around_the_equals_sign_do_not_count()
    {
        var entry = Assert.Single(Read("# a", "", "   ; b=c", "[S]", "  Key =  a # no comment = b  "));
        Assert.Equal(("S", "Key", "a # no comment = b", 5), (entry.Section, entry.Key, entry.Value, entry.Origin.Line));
    }

    [Fact]
    public void A_backslash_joins_lines_and_comments_between_them_are_left_out()
    {
        var entries = Read("[S]", "A=one \\", "# comment", "  two\\", "three", "B=four");
        Assert.Equal([("A", "one two three", 2), ("B", "four", 6)], entries.Select(entry => (entry.Key, entry.Value, entry.Origin.Line)));
    }

    private static List<IniEntry> Read(params string[] lines)
    {
        var entries = new List<IniEntry>();
        var errors = new List<ConfigurationError>();
        IniReader.Read("x.conf", lines, [], entries, errors);
        Assert.Empty(errors);
        return entries;
    }
}

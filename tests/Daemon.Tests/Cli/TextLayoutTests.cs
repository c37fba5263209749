using Forewarn.Daemon.Cli;

namespace Forewarn.Daemon.Tests.Cli;

public class TextLayoutTests
{
    [Fact]
    public void A_label_stands_before_the_first_line_alone() =>
        Assert.Equal(["who  one two", "     three"], LabelledText.Lines("who  ", "one two three", 12));

    [Fact]
    public void A_word_without_blanks_is_broken_where_the_room_ends() =>
        Assert.Equal(["a 12345678", "  90"], LabelledText.Lines("a ", "1234567890", 10));

    [Fact]
    public void A_short_command_stays_on_its_line() => Assert.Equal(["  squeue -w n1"], ShellLines.Of("squeue -w n1", "  ", 80));

    [Fact]
    public void A_long_command_goes_on_behind_a_backslash_and_never_within_quotes() =>
        Assert.Equal(
            ["scontrol update \\", "  state=drain \\", "  reason=\"two words of it\""],
            ShellLines.Of("scontrol update state=drain reason=\"two words of it\"", "", 20));
}

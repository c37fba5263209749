using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Roles;

namespace Forewarn.Daemon.Tests.Configuration;

public class ContractSectionTests
{
    [Fact]
    public void They_are_asked_in_the_order_of_their_names_whichever_file_they_stand_in()
    {
        using var configuration = ConfigurationCase.Of("""
            [Contract.20-rest]
            Declares=cost=1m
            """).DropIn("a.conf", """
            [Contract.10-train]
            Partitions=train big
            Users=ada
            Accounts=llm vision
            Jobs=pre*
            Declares=dir=/ckpt/%u/%j signal=USR1 \
              interval=30m
            """);
        var site = configuration.Options().Recovery.Bounds.Site;
        Assert.Equal(["Contract.10-train", "Contract.20-rest"], site.Select(one => one.Name));
        Assert.Equal(("train big", "ada", "llm vision", "pre*", "dir=/ckpt/%u/%j signal=USR1 interval=30m"),
            (string.Join(' ', site[0].Partitions), string.Join(' ', site[0].Users), string.Join(' ', site[0].Accounts), string.Join(' ', site[0].Jobs), site[0].Words));
    }

    [Fact]
    public void A_word_that_is_wrong_is_told_at_the_start_with_file_and_line()
    {
        using var configuration = ConfigurationCase.Of("""
            [Recovery]
            CheckpointFolders=/ckpt
            LongestCheckpoint=1m
            [Contract.train]
            Declares=signal=KILL dir=/home/%u cost=2m interval=30m
            [Contract.empty]
            Users=ada
            [Contract.a b]
            Declares=off
            """);
        Assert.Equal(
            [
                "forewarn.conf:9: [Contract.a b]: a section for a site's contract is [Contract.NAME], with at most 64 letters, digits, '-' or '_'",
                "forewarn.conf:7: [Contract.empty] Declares=: says nothing: it would keep a later one from holding",
                "forewarn.conf:5: [Contract.train] Declares=signal=KILL dir=/home/%u cost=2m interval=30m: signal=KILL: none, or one of CONT HUP INT TERM URG USR1 USR2",
                "forewarn.conf:5: [Contract.train] Declares=signal=KILL dir=/home/%u cost=2m interval=30m: dir=/home/user: an absolute path without .. beneath /ckpt",
                "forewarn.conf:5: [Contract.train] Declares=signal=KILL dir=/home/%u cost=2m interval=30m: cost=2m: a time up to 00:01:00, such as 40s",
            ],
            configuration.Errors());
    }

    [Fact]
    public void What_is_in_force_shows_them_and_another_configuration_has_none_of_them()
    {
        using var configuration = ConfigurationCase.Of("[Contract.shown]\nDeclares=cost=7s\n");
        var shown = ConfigurationText.Effective(ConfigurationCase.Catalog, configuration.Load().Values);
        Assert.Contains($"[Contract.shown]\n", shown, StringComparison.Ordinal);
        using var again = ConfigurationCase.Of(shown);
        Assert.Equal("cost=7s", Assert.Single(again.Options().Recovery.Bounds.Site).Words);
        using var other = new ConfigurationCase();
        Assert.Empty(other.Options().Recovery.Bounds.Site);
        Assert.Contains("[Contract.10-train]", ConfigurationText.Defaults(ConfigurationCase.Catalog), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_says_that_they_wait_for_a_restart()
    {
        var loader = new ConfigurationLoader(ProgramSettings.Catalog);
        using var before = new ConfigurationCase();
        using var after = ConfigurationCase.Of("[Contract.late]\nDeclares=cost=7s\n");
        var changes = ProgramSettings.ControllersChangesThatWait(loader.Load(new(before.File, false), []).Values, loader.Load(new(after.File, false), []).Values);
        Assert.Equal("[Contract.late] Declares=cost=7s", Assert.Single(changes));
    }
}

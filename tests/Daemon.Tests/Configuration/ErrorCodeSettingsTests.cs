using Forewarn.Daemon.Configuration;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Tests.Configuration;

public class ErrorCodeSettingsTests
{
    [Fact]
    public void A_section_changes_what_it_names_and_nothing_else()
    {
        using var configuration = ConfigurationCase.Of("""
            [Xid.79]
            Severity=watch
            Work=drain-when-idle
            [Sxid.12020]
            Repair=inspect-fabric
            [Xid.31]
            Ignore=yes
            """).Set("Xid.500.Severity=failed");
        var codes = configuration.Options().ErrorCodes;

        Assert.Equal(new CatalogOverride { Severity = Severity.Watch, Work = WorkAction.DrainWhenIdle }, codes.OfXid(79));
        Assert.Equal(new CatalogOverride { Repair = RepairAction.InspectFabric }, codes.OfSxid(12020));
        Assert.Equal(new CatalogOverride { Ignore = true }, codes.OfXid(31));
        Assert.Equal(new CatalogOverride { Severity = Severity.Failed }, codes.OfXid(500));
        Assert.Null(codes.OfXid(12020));
        Assert.Null(codes.OfXid(48));
    }

    [Fact]
    public void Nothing_is_changed_unless_somebody_says_so()
    {
        using var other = ConfigurationCase.Of("[Xid.63]\nSeverity=info\n");
        Assert.NotNull(other.Options().ErrorCodes.OfXid(63));
        using var configuration = new ConfigurationCase();
        Assert.Null(configuration.Options().ErrorCodes.OfXid(63)); // the table of settings is shared
    }

    [Fact]
    public void A_wrong_word_is_told_with_file_line_key_value_and_what_is_allowed()
    {
        using var configuration = ConfigurationCase.Of("""
            [Xid.79]
            Severity=fatal
            Work=stop
            Repair=rma
            Ignore=perhaps
            Level=1
            """);
        Assert.Equal(
            [
                "forewarn.conf:2: [Xid.79] Severity=fatal: must be one of catalogue, info, watch, degraded, failing, failed",
                "forewarn.conf:3: [Xid.79] Work=stop: must be one of catalogue, none, observe, restart-application, drain-when-idle, checkpoint-and-move, stop-now",
                "forewarn.conf:4: [Xid.79] Repair=rma: must be one of catalogue, none, reset-device, reboot-node, inspect-fabric, inspect-hardware, replace-hardware",
                "forewarn.conf:5: [Xid.79] Ignore=perhaps: must be yes or no",
                "forewarn.conf:6: [Xid.79] Level=1: unknown key",
            ],
            configuration.Errors());
    }

    [Theory]
    [InlineData("Xid")]
    [InlineData("Xid.")]
    [InlineData("Xid.0")]
    [InlineData("Xid.1000")]
    [InlineData("Xid.079")]
    [InlineData("xid.79")]
    [InlineData("Xid.79a")]
    [InlineData("Xid.-1")]
    [InlineData("Sxid.79")]
    [InlineData("SXid.12020")]
    [InlineData("Sxid.100000")]
    public void A_section_that_is_about_no_code_says_how_one_is_written(string section)
    {
        using var configuration = ConfigurationCase.Of($"[{section}]\nSeverity=watch\n");
        Assert.Equal(
            $"forewarn.conf:2: [{section}]: a section for an error code is [Xid.N] with N from 1 to 999, or [Sxid.N] with N from 10000 to 99999",
            Assert.Single(configuration.Errors()));
    }

    [Fact]
    public void What_is_in_force_shows_the_sections_that_were_set_and_can_be_read_back()
    {
        using var configuration = ConfigurationCase.Of("[Xid.79]\nSeverity=watch\n");
        var shown = ConfigurationText.Effective(ConfigurationCase.Catalog, configuration.Load().Values);
        Assert.Contains($"[Xid.79]\n# {configuration.File}:2\nSeverity=watch\n# default\nWork=catalogue\n", shown, StringComparison.Ordinal);
        using var again = ConfigurationCase.Of(shown);
        Assert.Equal(configuration.Options().ErrorCodes.OfXid(79), again.Options().ErrorCodes.OfXid(79));
        Assert.Contains("[Xid.31]", ConfigurationText.Defaults(ConfigurationCase.Catalog), StringComparison.Ordinal);
    }
}

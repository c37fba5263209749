namespace Forewarn.Daemon.Tests.Configuration;

public class SlurmSettingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("[Slurm]\nController=c1:9798\n", "c1:9798")]
    [InlineData("[Reports]\nUrl=https://c2:9798\n", "https://c2:9798/")]
    [InlineData("[Reports]\nUrl=https://c2:9798\n[Slurm]\nController=c1:9798\n", "c1:9798")]
    [InlineData("[Reports]\nUrl=https://c2:9798\n[Slurm]\nController=none\n", "")]
    public void The_controller_that_a_node_reports_to_decides_unless_the_site_says_otherwise(string text, string controller)
    {
        using var configuration = ConfigurationCase.Of(text);
        Assert.Equal(controller, configuration.Options().Slurm.Controller);
    }
}

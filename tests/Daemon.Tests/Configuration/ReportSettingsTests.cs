namespace Forewarn.Daemon.Tests.Configuration;

public class ReportSettingsTests
{
    [Fact]
    public void Nobody_is_reported_to_unless_a_controller_is_named()
    {
        using var configuration = ConfigurationCase.Of("[Agent]\nNodeName=gpu-017.site.example\n");
        var reports = configuration.Options().Reports;
        Assert.Equal((null, "gpu-017", TimeSpan.FromSeconds(10)), (reports.Url, reports.Node, reports.Timeout));
    }

    [Fact]
    public void All_of_it_can_be_set()
    {
        using var configuration = ConfigurationCase.Of("""
            [Reports]
            Url=https://controller.example:9798/
            Node=n17
            TokenFile=/run/credentials/forewarn.service/token
            CaFile=/etc/ssl/site.pem
            ClientCert=/etc/ssl/n17.pem
            ClientKey=/etc/ssl/n17.key
            Timeout=5s
            """);
        var reports = configuration.Options().Reports;
        Assert.Equal(("https://controller.example:9798/", "n17", TimeSpan.FromSeconds(5)), (reports.Url!.ToString(), reports.Node, reports.Timeout));
        Assert.Equal(("/run/credentials/forewarn.service/token", "/etc/ssl/site.pem"), (reports.TokenFile, reports.CaFile));
        Assert.Equal(("/etc/ssl/n17.pem", "/etc/ssl/n17.key"), (reports.ClientCert, reports.ClientKey));
    }

    [Fact]
    public void A_token_does_not_go_over_the_network_in_clear()
    {
        using var local = ConfigurationCase.Of("[Reports]\nUrl=http://127.0.0.1:9798\nTokenFile=/x\n");
        Assert.NotNull(local.Options().Reports.Url);
        using var configuration = ConfigurationCase.Of("[Reports]\nUrl=http://controller:9798\nTokenFile=/x\nClientCert=/c\nCaFile=/a\n");
        Assert.Equal(
            [
                "forewarn.conf:4: [Reports] ClientCert=/c: is of no use unless Url begins with https",
                "forewarn.conf:5: [Reports] CaFile=/a: is of no use unless Url begins with https",
                "forewarn.conf:3: [Reports] TokenFile=/x: would go over the network in clear: Url must begin with https",
            ],
            configuration.Errors());
    }

    [Theory]
    [InlineData("Url=controller")]
    [InlineData("Url=https://me:secret@controller")]
    [InlineData("Node=n 17")]
    [InlineData("Timeout=10ms")]
    public void What_is_none_is_refused(string line)
    {
        using var configuration = ConfigurationCase.Of($"[Reports]\n{line}\n");
        Assert.Contains("must be", Assert.Single(configuration.Errors()), StringComparison.Ordinal);
    }
}

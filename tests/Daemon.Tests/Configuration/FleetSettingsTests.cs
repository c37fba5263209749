namespace Forewarn.Daemon.Tests.Configuration;

public class FleetSettingsTests
{
    [Fact]
    public void The_defaults_listen_on_this_machine_alone()
    {
        using var configuration = new ConfigurationCase();
        var fleet = configuration.Options().Fleet;
        Assert.Equal("127.0.0.1:9798", Assert.Single(fleet.Listen).ToString());
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromDays(365)), (fleet.SilentAfter, fleet.Keep));
    }

    [Theory]
    [InlineData("Listen=*:9798\n", "forewarn.conf:2: [Fleet] Listen=*:9798: without CertFile everybody on the way could read the tokens: set it, or listen on 127.0.0.1")]
    [InlineData("KeyFile=/k\n", "forewarn.conf:2: [Fleet] KeyFile=/k: is of no use without CertFile")]
    [InlineData("ClientCaFile=/c\n", "forewarn.conf:2: [Fleet] ClientCaFile=/c: is of no use without CertFile")]
    [InlineData("SiteKeyFile=\n", "forewarn.conf:2: [Fleet] SiteKeyFile=: without it and without ClientCaFile no agent can say who it is: set one of them")]
    [InlineData("MissedHeartbeats=1\n", "forewarn.conf:2: [Fleet] MissedHeartbeats=1: must be a number from 2 to 60")]
    public void What_would_not_be_safe_or_of_no_use_is_refused(string lines, string error)
    {
        using var configuration = ConfigurationCase.Of("[Fleet]\n" + lines);
        Assert.Equal([error], configuration.Errors());
    }

    [Fact]
    public void With_a_certificate_all_addresses_may_be_served()
    {
        using var configuration = ConfigurationCase.Of("[Fleet]\nListen=*:9798\nCertFile=/c.pem\nClientCaFile=/ca.pem\nSiteKeyFile=\n");
        Assert.Equal("*:9798", Assert.Single(configuration.Options().Fleet.Listen).ToString());
    }
}

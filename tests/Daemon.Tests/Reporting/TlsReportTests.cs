using System.Security.Cryptography.X509Certificates;
using Forewarn.Daemon.Tests.Exporters.Influx;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

public sealed class TlsReportTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Certificates _authority = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Our_certificate_is_shown_to_a_controller_of_the_named_authority()
    {
        using var certificate = _authority.Server();
        using var client = _authority.Server("n1");
        await using var controller = await ControllerDouble.StartAsync(_time, certificate: certificate, client: client);
        var pem = _folder.Write("n1.pem", client.ExportCertificatePem() + "\n" + client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var ca = _folder.Write("ca.pem", _authority.AuthorityPem);
        await using var node = new ReportingNode(controller.Url, _time, change: options => options with { CaFile = ca, ClientCert = pem });
        await node.UntilTakenAsync(2);
        Assert.Equal("https", controller.Url.Scheme);
        Assert.Empty(node.Log.All);
    }

    [Fact]
    public async Task A_controller_of_another_authority_hears_nothing()
    {
        using var other = new Certificates("CN=Somebody Else");
        using var certificate = other.Server();
        await using var controller = await ControllerDouble.StartAsync(_time, certificate: certificate);
        var ca = _folder.Write("ca.pem", _authority.AuthorityPem);
        await using var node = new ReportingNode(controller.Url, _time, change: options => options with { CaFile = ca });
        await node.UntilAsync(() => node.Meter.Failed >= 2, "it is refused twice", step: 2);
        Assert.Contains("CN=Somebody Else", Assert.Single(node.Log.With("until somebody sees to it")), StringComparison.Ordinal);
        Assert.Empty(controller.Received);
    }
}

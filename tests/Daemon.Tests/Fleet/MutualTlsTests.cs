using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Fleet;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Fleet;

public sealed class MutualTlsTests : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new();
    private readonly Certificates _site;

    public MutualTlsTests() => _site = new Certificates(_folder, "site");

    [Theory]
    [InlineData("somebody", "n1", "n1")]
    [InlineData("n1", null, "n1")]
    public async Task A_certificate_names_its_node(string commonName, string? dnsName, string node)
    {
        await using var served = await StartAsync();
        using var client = Client(served, _site.Sign(commonName, dnsName, ForClients));
        using var own = await SendAsync(client, node);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var forged = await SendAsync(client, "n2");
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(1, served.Keeper.Meter.Refused(ReportRefusal.OtherNode));
    }

    [Fact]
    public async Task Without_a_certificate_a_token_is_asked_for()
    {
        await using var served = await StartAsync();
        using var client = Client(served, null);
        using var answer = await SendAsync(client, "n1");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var proven = await SendAsync(client, "n1", ServedFleet.TokenOf("n1"));
        Assert.Equal(HttpStatusCode.OK, proven.StatusCode);
    }

    [Fact]
    public async Task One_of_another_authority_or_purpose_is_not_let_in()
    {
        await using var served = await StartAsync();
        using var others = new Certificates(_folder, "others");
        foreach (var file in (string[])[others.Sign("n1", "n1", ForClients), _site.Sign("n1", "n1", ForServers)])
        {
            using var client = Client(served, file);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(client, "n1"));
        }

        Assert.Null(served.Keeper.State.Node("n1"));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_said_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<ListenException>(() => ServedFleet.StartAsync(_folder, options => options with { CertFile = _folder.Write("bad.pem", "none") }));
        Assert.Contains("the certificate cannot be used", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _site.Dispose();
        _folder.Dispose();
    }

    private Task<ServedFleet> StartAsync()
    {
        var own = _site.Sign("controller", "localhost", ForServers);
        return ServedFleet.StartAsync(_folder, options => options with { CertFile = own, ClientCaFile = _site.AuthorityFile });
    }

    private HttpClient Client(ServedFleet served, string? certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_site.AuthorityFile);
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (certificate is not null) tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate)];
        return new(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = new UriBuilder(served.Client.BaseAddress!) { Host = "localhost" }.Uri };
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string node, string? token = null)
    {
        var body = new ByteArrayContent(ServedFleet.Pack(JsonSerializer.SerializeToUtf8Bytes(ServedFleet.Report(node), FleetJson.Default.AgentReport)));
        body.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, ReportProtocol.Path) { Content = body };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await client.SendAsync(request);
    }
}

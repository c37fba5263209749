using System.Security.Cryptography.X509Certificates;
using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

public sealed class TlsTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Certificates _good = new();

    public void Dispose()
    {
        _folder.Dispose();
        _good.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_the_named_authority_is_believed()
    {
        using var certificate = _good.Server();
        await using var server = await ScriptedServer.StartAsync(_time, 0, certificate);
        await using var node = Node(server);
        node.Add(1, 3);
        await node.UntilWrittenAsync(30);
        Assert.Equal("https", server.Url.Scheme);
        Assert.Empty(node.Log.All);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_told_once_and_everything_waits()
    {
        using var other = new Certificates("CN=Somebody Else");
        using var wrong = other.Server();
        using var right = _good.Server();
        var told = await RefusesAsync(wrong, right);
        Assert.Contains("CN=Somebody Else", told, StringComparison.Ordinal);
        Assert.Contains("CaFile", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var wrong = _good.Server("influx.example");
        using var right = _good.Server();
        Assert.Contains("is not for localhost", await RefusesAsync(wrong, right), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_is_refused()
    {
        using var wrong = _good.Server(daysLeft: -1);
        using var right = _good.Server();
        Assert.Contains("renew it", await RefusesAsync(wrong, right), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_CaFile_a_private_authority_is_refused()
    {
        using var certificate = _good.Server();
        await using var server = await ScriptedServer.StartAsync(_time, 0, certificate);
        await using var node = new SendingNode(server, _time);
        node.Add(1, 1);
        await node.UntilAsync(() => node.Log.With("is of no authority that is believed").Count == 1, "it is refused, and said why");
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_server_that_asks_for_it_is_shown_our_certificate()
    {
        using var certificate = _good.Server();
        using var client = _good.Server("gpu-017");
        await using var server = await ScriptedServer.StartAsync(_time, 0, certificate, client);
        var cert = _folder.Write("client.pem", client.ExportCertificatePem());
        var key = _folder.Write("client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using (var stranger = Node(server))
        {
            stranger.Add(1, 1);
            await stranger.UntilAsync(() => stranger.Meter.Trouble is not null, "a stranger is refused");
            Assert.Empty(server.Received);
        }

        await using var node = Node(server, cert, key);
        node.Add(1, 1);
        await node.UntilWrittenAsync(10);
    }

    [Fact]
    public async Task The_authorities_between_ours_and_the_server_s_are_shown_with_it()
    {
        using var certificate = _good.Server();
        using var between = _good.Below("CN=Site Authority");
        using var client = between.Server("gpu-017");
        await using var server = await ScriptedServer.StartAsync(_time, 0, certificate, client);
        var pem = string.Join('\n', client.ExportCertificatePem(), between.AuthorityPem, client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var node = Node(server, _folder.Write("chain.pem", pem));
        node.Add(1, 1);
        await node.UntilWrittenAsync(10);
        Assert.Equal(["CN=Site Authority"], server.ShownBeside);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named_and_looked_for_again()
    {
        using var certificate = _good.Server();
        await using var server = await ScriptedServer.StartAsync(_time, 0, certificate);
        await using var node = Node(server, caFile: Path.Join(_folder.Path, "later.pem"));
        node.Add(1, 1);
        await node.UntilAsync(() => node.Meter.Trouble is not null, "the file is missed");
        Assert.Contains("later.pem", Assert.Single(node.Log.With("until somebody sees to it")), StringComparison.Ordinal);

        _folder.Write("later.pem", _good.AuthorityPem);
        await node.UntilWrittenAsync(10);
    }

    private SendingNode Node(ScriptedServer server, string cert = "", string key = "", string? caFile = null)
    {
        caFile ??= _folder.Write("ca.pem", _good.AuthorityPem);
        return new(server, _time, options => options with { CaFile = caFile, ClientCert = cert, ClientKey = key });
    }

    /// <summary>What is said of the wrong one; then the server gets the right one, and everything arrives.</summary>
    private async Task<string> RefusesAsync(X509Certificate2 wrong, X509Certificate2 right)
    {
        await using var first = await ScriptedServer.StartAsync(_time, 0, wrong);
        await using var node = Node(first);
        node.Add(1, 3);
        await node.UntilAsync(() => node.Meter.Retries >= 2, "it has been refused again", step: 10);
        Assert.Empty(first.Received);
        Assert.Equal((3, 0), (node.Meter.SpoolBatches, node.Meter.Dropped(DropReason.Refused)));
        var told = Assert.Single(node.Log.With("until somebody sees to it"));
        await first.DisposeAsync();

        await using var second = await ScriptedServer.StartAsync(_time, first.Url.Port, right);
        await node.UntilWrittenAsync(30);
        Assert.Equal([1, 2, 3], SendingNode.Order(second));
        return told;
    }
}

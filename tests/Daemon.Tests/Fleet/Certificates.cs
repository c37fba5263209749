using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Fleet;

/// <summary>An authority of a test, and what it signs; files in a folder.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly DateTimeOffset To = DateTimeOffset.UnixEpoch.AddYears(130);

    private readonly TemporaryFolder _folder;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Certificates(TemporaryFolder folder, string name)
    {
        _folder = folder;
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, To);
        AuthorityFile = folder.Write($"{name}.pem", _authority.ExportCertificatePem());
    }

    public string AuthorityFile { get; }

    /// <summary>A certificate and its key in one file. 1.3.6.1.5.5.7.3.1 is for servers, .2 for clients (RFC 5280, 4.2.1.12).</summary>
    public string Sign(string commonName, string? dnsName, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        using var signed = request.Create(_authority, From, To, Guid.NewGuid().ToByteArray());
        return _folder.Write($"{Guid.NewGuid():N}.pem", signed.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>An authority of the test's own, and certificates by it.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow(); // what OpenSSL compares with

    private readonly X509Certificate2 _authority;

    public Certificates(string name = "CN=Test Authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private Certificates(X509Certificate2 authority) => _authority = authority;

    public string AuthorityPem => _authority.ExportCertificatePem();

    public X509Certificate2 Server(string host = "localhost", int daysLeft = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, Now.AddDays(-20), Now.AddDays(daysLeft), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>An authority that this one vouches for.</summary>
    public Certificates Below(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.Create(_authority, Now.AddDays(-25), Now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return new(signed.CopyWithPrivateKey(key));
    }

    public void Dispose() => _authority.Dispose();
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>An authority of one test, and a certificate by it for localhost, as PEM files.</summary>
internal sealed class TestAuthority
{
    public TestAuthority(TemporaryFolder folder, string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest($"CN={name}", authorityKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddHours(12), RandomNumberGenerator.GetBytes(8));
        AuthorityPem = authority.ExportCertificatePem();
        Certificate = folder.Write($"{name}.crt", certificate.ExportCertificatePem());
        Key = folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityPem { get; }

    /// <summary>For the test's own questions: this authority and no other.</summary>
    public X509ChainPolicy Trust
    {
        get
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(AuthorityPem));
            return policy;
        }
    }

    public string Certificate { get; }

    public string Key { get; }
}

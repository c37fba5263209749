using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Delivery;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Forewarn.Daemon.Fleet;

/// <summary>The controller's certificate, and whose certificates name nodes.</summary>
internal static class FleetTls
{
    /// <summary>Null for plain HTTP. Throws <see cref="ListenException"/> when a file cannot be used.</summary>
    public static HttpsConnectionAdapterOptions? Of(FleetOptions options)
    {
        if (options.CertFile.Length == 0) return null;
        // The runtime would end the process.
        if (!OpenSsl.IsInstalled) throw new ListenException("libssl.so.3 is not installed (Debian package libssl3), and without it there is no https");
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.CertFile);
            var https = new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(options.CertFile, options.KeyFile.Length > 0 ? options.KeyFile : options.CertFile),
                ServerCertificateChain = chain,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
            if (options.ClientCaFile.Length > 0) Believe(https, options.ClientCaFile);
            return https;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ListenException($"the certificate cannot be used: {exception.Message} [{options.CertFile} {options.KeyFile} {options.ClientCaFile}]", exception);
        }
    }

    /// <summary>Only those authorities, and only certificates that are made for clients; whoever shows none may show a token.</summary>
    private static void Believe(HttpsConnectionAdapterOptions https, string authorities)
    {
        var believed = new X509Certificate2Collection();
        believed.ImportFromPemFile(authorities);
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.CheckCertificateRevocation = false; // the site's own authority; a node that is not trusted any more is taken out of its list
        https.ClientCertificateValidation = (certificate, presented, _) => Believes(certificate, presented, believed);
    }

    private static bool Believes(X509Certificate2 certificate, X509Chain? presented, X509Certificate2Collection believed)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(believed);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2")); // id-kp-clientAuth, RFC 5280, 4.2.1.12
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}

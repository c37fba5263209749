using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Forewarn.Daemon.Delivery;

/// <summary>Whom we believe to be the server, and what we show it. Nothing switches the check off.</summary>
/// <param name="url">The server.</param>
/// <param name="files">Certificates; read anew for each connection.</param>
internal sealed class ServerTrust(Uri url, TlsFiles files)
{
    private string _objection = "";

    /// <summary>What was wrong with the last certificate that was refused, and what to do.</summary>
    public string Objection => Volatile.Read(ref _objection);

    /// <summary>Reads the files; throws as files and certificates do.</summary>
    public SslClientAuthenticationOptions Authentication()
    {
        Volatile.Write(ref _objection, "");
        if (url.Scheme == Uri.UriSchemeHttps && !OpenSsl.IsInstalled)
            throw new FileNotFoundException("libssl.so.3 is not installed (Debian package libssl3), and without it there is no https");
        var authentication = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Believes };
        if (files.CaFile.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            policy.CustomTrustStore.ImportFromPemFile(files.CaFile);
            authentication.CertificateChainPolicy = policy;
        }

        if (files.ClientCert.Length > 0) authentication.ClientCertificateContext = Own();
        return authentication;
    }

    // The first of the file is ours; those behind it are the authorities in between, which the server may not have. None is fetched.
    private SslStreamCertificateContext Own()
    {
        var key = files.ClientKey.Length > 0 ? files.ClientKey : files.ClientCert;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.ClientCert);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(files.ClientCert, key), chain, offline: true);
    }

    private bool Believes(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        Volatile.Write(ref _objection, Words(certificate as X509Certificate2, chain, errors));
        return false;
    }

    private string Words(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"its certificate ({certificate.Subject}) is not for {url.Host}: put the name that it bears into Url, or give the server another";
        var status = string.Join(", ", chain?.ChainStatus.Select(one => one.Status).Distinct() ?? []);
        return chain?.ChainStatus.Any(one => one.Status == X509ChainStatusFlags.NotTimeValid) == true
            ? $"its certificate ({certificate.Subject}) holds from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}: renew it, or set the clock"
            : $"its certificate ({certificate.Subject}, issued by {certificate.Issuer}) is of no authority that is believed ({status}): name the authority's PEM file in CaFile";
    }
}

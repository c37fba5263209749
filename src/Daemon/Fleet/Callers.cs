using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Fleet;

/// <summary>Who calls: a node, by its token or its certificate, or somebody who may look at the whole fleet.</summary>
/// <param name="tokens">Null where the site has no key.</param>
/// <param name="operatorToken">Null where nobody may look from elsewhere.</param>
internal sealed class Callers(NodeTokens? tokens, byte[]? operatorToken)
{
    private const string Scheme = "Bearer ";

    /// <summary>The node that this is proven to be; null when nothing is proven. Where a token is shown it counts, else the certificate, which the handshake has proven.</summary>
    public string? Node(HttpContext context)
    {
        if (Token(context) is { } token) return tokens?.NodeOf(token);
        return context.Connection.ClientCertificate is { } certificate ? NodeOf(certificate) : null;
    }

    /// <summary>Through the socket everybody on this machine may look, as with an agent; from elsewhere the operator's token is asked for.</summary>
    public bool MayLook(HttpContext context)
        => Peer.UnixSocket(context) is not null
            || (operatorToken is not null && Token(context) is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), operatorToken));

    /// <summary>The first DNS name of a certificate, else its common name.</summary>
    public static string? NodeOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names => names.EnumerateDnsNames());
        return names.FirstOrDefault() ?? (certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? name : null);
    }

    private static string? Token(HttpContext context)
        => context.Request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
}

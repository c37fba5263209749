using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Forewarn.Controller.Fleet;

namespace Forewarn.Daemon.Fleet;

/// <summary>
/// Tokens by which agents say who they are: <c>NODE.SIGNATURE</c>, the signature being the HMAC-SHA256 (RFC 2104) of the name under the site's key. Nothing has to
/// be kept of them, and none is good for another node.
/// </summary>
internal sealed class NodeTokens(byte[] key)
{
    /// <summary>The node's token.</summary>
    public string Of(string node) => $"{node}.{Signature(node)}";

    /// <summary>Whose token this is; null when it is none of ours. Takes as long whatever is wrong with it.</summary>
    public string? NodeOf(string token)
    {
        var dot = token.LastIndexOf('.'); // no signature has one; names may
        if (dot < 1 || token[..dot] is var node && !ReportForm.IsName(node)) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(token[..dot])), Encoding.UTF8.GetBytes(token[(dot + 1)..])) ? token[..dot] : null;
    }

    private string Signature(string node) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(node)));
}

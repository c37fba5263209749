using System.Text;
using Forewarn.Daemon.Delivery;

namespace Forewarn.Daemon.Fleet;

/// <summary>A secret that stands in a file: the site's key, an operator's token.</summary>
internal static class SecretFile
{
    // 32 letters of hexadecimal or base64 are at least 128 bits, when they come from a good source.
    private const int Shortest = 32;

    /// <summary>What the file holds; null, and why, when it cannot be used.</summary>
    public static byte[]? TryRead(string path, out string refusal)
    {
        // The runtime would end the process at the first signature.
        if (!OpenSsl.IsInstalled) return Refuse("libssl.so.3 is not installed (Debian package libssl3), and without it nothing can be signed", out refusal);
        try
        {
            if (File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead)) return Refuse($"{path} can be read by everybody: chmod o-r {path}", out refusal);
            var text = File.ReadAllText(path).Trim();
            if (text.Length < Shortest) return Refuse($"{path} holds fewer than {Shortest} letters: openssl rand -hex 32 makes some", out refusal);
            refusal = "";
            return Encoding.UTF8.GetBytes(text);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse($"{path} is not there: (umask 027; openssl rand -hex 32 >{path}) makes one", out refusal);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{path} cannot be read: {(refused is UnauthorizedAccessException ? "permission denied, or not a file" : refused.Message)}", out refusal);
        }
    }

    private static byte[]? Refuse(string why, out string refusal)
    {
        refusal = why;
        return null;
    }
}

using System.Net.Http.Headers;
using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Delivery;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Who we are to the server. Files are read for every request: a secret that was changed is used at once.</summary>
internal static class Secrets
{
    /// <summary>The header; null when nothing is configured. A file that cannot be read throws as files do, one that holds no token InvalidDataException.</summary>
    public static AuthenticationHeaderValue? Authorization(InfluxOptions options)
    {
        if (Read(options.Token, options.TokenFile) is { Length: > 0 } token)
            return new(options.Api == InfluxApi.V3 ? "Bearer" : "Token", TokenText.Checked(token, options.TokenFile.Length > 0 ? "TokenFile" : "Token"));
        if (options.User.Length == 0) return null;
        var both = $"{options.User}:{Read(options.Password, options.PasswordFile)}";
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(both)));
    }

    private static string Read(string given, string file) => file.Length == 0 ? given : File.ReadAllText(file).Trim();
}

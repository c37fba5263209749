namespace Forewarn.Daemon.Delivery;

/// <summary>A token before it goes into a header.</summary>
internal static class TokenText
{
    /// <summary>The token; throws InvalidDataException when it has what a header cannot carry (RFC 9110, 5.5), nor any token has.</summary>
    /// <param name="token">As it was configured.</param>
    /// <param name="setting">Where it stands, for a person.</param>
    public static string Checked(string token, string setting) => token.All(letter => letter is > ' ' and <= '~')
        ? token
        : throw new InvalidDataException($"{setting} holds more than one line, or a letter that no token has (a blank, one that is not ASCII)");
}

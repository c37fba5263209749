namespace Forewarn.Daemon.Delivery;

/// <summary>The files of a TLS connection, PEM all of them; empty texts are what was not set.</summary>
/// <param name="CaFile">The only authorities that are trusted; this machine's when empty.</param>
/// <param name="ClientCert">What is shown to the server, and behind it the authorities in between.</param>
/// <param name="ClientKey">Its key; stands in the certificate's file when empty.</param>
internal readonly record struct TlsFiles(string CaFile, string ClientCert, string ClientKey);

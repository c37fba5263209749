using System.Runtime.InteropServices;

namespace Forewarn.Daemon.Delivery;

/// <summary>
/// Whether the library is there that the runtime does TLS with. The runtime ends the process when it is not, and a monitor must not end for
/// that; so it is looked for first.
/// </summary>
internal static class OpenSsl
{
    // Those that .NET 10 looks for, newest first.
    private static readonly string[] Libraries = ["libssl.so.3", "libssl.so.1.1"];

    public static bool IsInstalled => Array.Exists(Libraries, library => NativeLibrary.TryLoad(library, out _));
}

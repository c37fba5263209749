using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Who is answered.</summary>
internal enum Audience
{
    /// <summary>Every listener, every peer.</summary>
    Anyone,

    /// <summary>Peers on this machine: loopback, and the Unix socket. Of the controller: the Unix socket, and who has the operator's token.</summary>
    ThisMachine,

    /// <summary>The Unix socket alone, and there only who the <see cref="OperatorRule"/> allows.</summary>
    Operator,
}

/// <summary>One path: its method (HEAD goes with GET), who is answered, and how.</summary>
internal sealed record Route(string Path, string Method, Audience Audience, RequestDelegate Handle)
{
    /// <summary>Whether a request is meant for it. A path that ends in a name in braces takes exactly one further segment.</summary>
    public bool Takes(string path)
    {
        var parameter = Path.IndexOf('{');
        return parameter < 0
            ? path == Path
            : path.Length > parameter
                && path.StartsWith(Path[..parameter], StringComparison.Ordinal)
                && path.LastIndexOf('/') == parameter - 1;
    }
}

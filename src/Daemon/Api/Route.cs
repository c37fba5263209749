using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Who is answered.</summary>
internal enum Audience
{
    /// <summary>Every listener, every peer.</summary>
    Anyone,

    /// <summary>Peers on this machine: loopback, and the Unix socket.</summary>
    ThisMachine,

    /// <summary>The Unix socket alone, and there only who the <see cref="OperatorRule"/> allows.</summary>
    Operator,
}

/// <summary>One path: its method (HEAD goes with GET), who is answered, and how.</summary>
internal sealed record Route(string Path, string Method, Audience Audience, RequestDelegate Handle);

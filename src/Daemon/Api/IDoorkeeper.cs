using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Who is let in to which route: of agent and controller each has its own.</summary>
internal interface IDoorkeeper
{
    /// <summary>What the server is called in its answers.</summary>
    string Server { get; }

    /// <summary>Where its requests are described.</summary>
    string Manual { get; }

    /// <summary>Null for who is let in; else what he is told. Sets the headers that go with it.</summary>
    Refusal? Refuse(HttpContext context, Route route);
}

/// <summary>Why somebody is not answered.</summary>
/// <param name="Status">401 or 403.</param>
/// <param name="Detail">Why.</param>
/// <param name="Hint">What to do instead.</param>
internal sealed record Refusal(int Status, string Detail, string Hint);

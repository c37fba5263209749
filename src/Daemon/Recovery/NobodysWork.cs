using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Recovery;

/// <summary>What is answered where nobody's work is looked after: why there is nothing, and what would change that.</summary>
internal static class NobodysWork
{
    private static readonly string[] Asked = ["/v1/incidents", "/v1/incidents/{id}", "/v1/jobs", "/v1/jobs/{id}", "/v1/advice", "/v1/advice/{id}", "/v1/plans", "/v1/plans/{id}", "/v1/topology"];
    private static readonly string[] Ordered = ["/v1/approve", "/v1/reject", "/v1/hold", "/v1/release", "/v1/return"];

    public static IReadOnlyList<Route> Routes { get; } =
    [
        .. Asked.Select(static path => new Route(path, HttpMethods.Get, Audience.ThisMachine, SayAsync)),
        .. Ordered.Select(static path => new Route(path, HttpMethods.Post, Audience.Operator, SayAsync)),
    ];

    private static Task SayAsync(HttpContext context) => Answers.ProblemAsync(
        context, StatusCodes.Status404NotFound, "this controller looks after nobody's work", "set Scheduler= in [Recovery]; docs/moving-work.md says what follows");
}

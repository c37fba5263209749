using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Forewarn.Daemon.Api.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Forewarn.Daemon.Api;

/// <summary>The three kinds of bodies that the API sends.</summary>
internal static class Answers
{
    public static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    public static Task JsonAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body is Problem ? "application/problem+json" : "application/json";
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, body, type, context.RequestAborted);
    }

    public static Task ProblemAsync(HttpContext context, int status, string detail, string hint) =>
        JsonAsync(context, new Problem(ReasonPhrases.GetReasonPhrase(status), status, detail, hint), ApiJson.Plain.Problem, status);
}

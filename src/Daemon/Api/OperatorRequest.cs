using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Forewarn.Daemon.Api;

/// <summary>What an operator asks for, and who that is. Who may has been asked before a request comes here.</summary>
internal static class OperatorRequest
{
    /// <summary>Null when the body is not what was asked for.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await TextAsync(context), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body whole; the server bounds it.</summary>
    public static async Task<string> TextAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                var body = Encoding.UTF8.GetString(read.Buffer.ToArray());
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>One line for a log.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);

    /// <summary>By the kernel's word: the request would not have come here without.</summary>
    public static string Who(HttpContext context)
    {
        var uid = context.Features.GetRequiredFeature<PeerCredentials>().Uid;
        return string.Create(CultureInfo.InvariantCulture, $"uid {uid} ({SystemAccounts.UserName(uid)})");
    }
}

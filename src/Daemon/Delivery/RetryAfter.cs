using System.Net.Http.Headers;

namespace Forewarn.Daemon.Delivery;

/// <summary>The header in both of its forms, seconds or a date (RFC 9110, 10.2.3). The framework reads them; a past date is no wait.</summary>
internal static class RetryAfter
{
    /// <summary>Null where there is none, or none that can be read.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is not { } after) return null;
        var wait = after.Delta ?? after.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

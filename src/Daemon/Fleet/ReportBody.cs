using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Fleet;

/// <summary>Reads a report from a request: unpacks no more than it may, and names what is wrong.</summary>
internal static class ReportBody
{
    /// <summary>Own figure: 256 devices and 500 transitions with their longest lines are some 600 KB, packed a tenth of it.</summary>
    public const int MostPacked = 1 << 20;

    /// <summary>Own figure: what that may come to when it is unpacked. Gzip packs zeros a thousand times.</summary>
    public const int MostPlain = 4 << 20;

    private const int FirstBuffer = 16 << 10;

    public static async Task<ReadReport> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var coding = request.Headers.ContentEncoding.ToString();
        if (coding is not ("gzip" or "")) return new(null, ReportRefusal.Malformed, $"Content-Encoding: {coding} is not known; gzip is");
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            await using var unpacked = coding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : null;
            while (await ((Stream?)unpacked ?? request.Body).ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
            {
                length += read;
                if (length > MostPlain) return new(null, ReportRefusal.TooLarge, $"unpacked it has more than {MostPlain} bytes");
                if (length == buffer.Length) buffer = Grown(buffer);
            }

            return Parse(buffer.AsSpan(0, length));
        }
        catch (InvalidDataException)
        {
            return new(null, ReportRefusal.Malformed, "the body is no gzip, or was cut");
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new(null, ReportRefusal.TooLarge, $"it has more than {MostPacked} bytes")
                : new(null, ReportRefusal.Malformed, "the body was cut");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ReadReport Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, FleetJson.Default.AgentReport) is not { } report) return new(null, ReportRefusal.Malformed, "the body is null");
            if (!ReportProtocol.Understands(report.Protocol)) return OfVersion(report.Protocol);
            return ReportForm.Complaint(report) is { } complaint ? new(null, ReportRefusal.Malformed, complaint) : new(report);
        }
        catch (JsonException wrong)
        {
            // Of another version the shape may be another.
            return Version(json) is { } version && !ReportProtocol.Understands(version)
                ? OfVersion(version)
                : new(null, ReportRefusal.Malformed, $"the body is not a report: at {wrong.Path ?? "$"}, byte {wrong.BytePositionInLine ?? 0}");
        }
    }

    private static ReadReport OfVersion(int version)
        => new(null, ReportRefusal.Version, $"it is of version {version}; this controller understands {ReportProtocol.Oldest} to {ReportProtocol.Version}");

    private static int? Version(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("protocol"u8))
                    return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) ? version : null;
            }
        }
        catch (JsonException)
        {
            // No JSON at all.
        }

        return null;
    }

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger.AsSpan());
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

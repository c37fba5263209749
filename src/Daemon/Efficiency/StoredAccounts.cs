using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>The file's content; times are seconds since 1970 by the wall clock.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Devices">By the device's identity, those that are gone included.</param>
/// <param name="Jobs">Those seen within a day.</param>
internal sealed record StoredAccounts(int Version, IReadOnlyDictionary<string, StoredHistory> Devices, IReadOnlyList<StoredJob> Jobs)
{
    public const int Current = 1;
}

internal sealed record StoredJob(Workload Workload, double FirstSeen, double LastSeen, StoredHistory History);

internal sealed record StoredHistory(IReadOnlyList<StoredBucket> Minutes, IReadOnlyList<StoredBucket> Hours)
{
    /// <summary>True when each of its buckets is one of ours.</summary>
    [JsonIgnore]
    public bool IsSound => Minutes.Concat(Hours).All(bucket => bucket is { IsSound: true });

    /// <summary>True when nothing of it is within a day.</summary>
    public bool IsOver(double now) => !Hours.Any(hour => hour.Number > (long)(now / 3600) - 24);
}

/// <summary>One bucket: its number and its sums in the order of <see cref="UsageSums"/>, to the thousandth.</summary>
internal sealed record StoredBucket(long Number, IReadOnlyList<double> Sums)
{
    private const int Fields = 7;

    /// <summary>Writes the buckets of a ring one by one: objects made for each would cost more than all sweeps in between.</summary>
    public static void Write(Utf8JsonWriter json, string name, BucketRing ring, double shift)
    {
        var moved = (long)Math.Round(shift / ring.Seconds);
        json.WriteStartArray(name);
        foreach (ref readonly var bucket in ring.Buckets)
        {
            if (bucket.Number == BucketRing.Empty) continue;
            json.WriteStartObject();
            json.WriteNumber("number", bucket.Number + moved);
            json.WriteStartArray("sums");
            ref readonly var sums = ref bucket.Sums;
            foreach (var sum in (ReadOnlySpan<double>)[sums.Measured, sums.Busy, sums.Idle, sums.IdleHeld, sums.Throttled, sums.Powered, sums.Joules])
                json.WriteNumberValue(Math.Round(sum, 3));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>True when it is one of ours; whatever can be written into a file may come.</summary>
    [JsonIgnore]
    public bool IsSound => Number >= 0 && Sums.Count == Fields && Sums.All(sum => double.IsFinite(sum) && sum >= 0);

    public void AddTo(BucketRing ring, double now)
    {
        if (Number > ring.NumberOf(now)) return;
        ring.Add(Number, new UsageSums
        {
            Measured = Sums[0],
            Busy = Sums[1],
            Idle = Sums[2],
            IdleHeld = Sums[3],
            Throttled = Sums[4],
            Powered = Sums[5],
            Joules = Sums[6],
        });
    }
}

[JsonSerializable(typeof(StoredAccounts))]
[JsonSerializable(typeof(StoredHistory))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class StoredAccountsJson : JsonSerializerContext;

using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>
/// What else a maker tells of a device that does not change while it runs, by names of the source's own choice: architecture, firmware of its
/// own processor, place in the chassis. Two are equal when they say the same.
/// </summary>
public sealed class DeviceTraits(params ImmutableArray<DeviceTrait> traits) : IEquatable<DeviceTraits>
{
    /// <summary>Nothing.</summary>
    public static DeviceTraits None { get; } = new();

    /// <summary>In the order in which the source tells them; each name once.</summary>
    public ImmutableArray<DeviceTrait> All => traits;

    /// <inheritdoc/>
    public bool Equals(DeviceTraits? other) => other is not null && traits.AsSpan().SequenceEqual(other.All.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeviceTraits);

    /// <inheritdoc/>
    public override int GetHashCode() => traits.Length;

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", traits.Select(trait => $"{trait.Key}={trait.Value}"));
}

/// <summary>One thing that is told of a device.</summary>
/// <param name="Key">A label name: lower case, words apart by underscores.</param>
/// <param name="Value">Never empty.</param>
public readonly record struct DeviceTrait(string Key, string Value);

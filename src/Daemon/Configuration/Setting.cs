namespace Forewarn.Daemon.Configuration;

/// <summary>One row of the catalogue of settings.</summary>
internal abstract class Setting(string key, string allowed, string doc)
{
    /// <summary>The name before the equals sign.</summary>
    public string Key { get; } = key;

    /// <summary>Completes "must be …".</summary>
    public string Allowed { get; } = allowed;

    /// <summary>What it is for, in one line.</summary>
    public string Doc { get; } = doc;

    /// <summary>True for what nobody but the agent may read: it is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The default as written in the documented file; empty when it depends on the machine.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Says in words what the default is, where it depends on the machine.</summary>
    public string? ComputedDefault { get; init; }

    /// <summary>The default, boxed, for the table of values.</summary>
    internal abstract object? BoxedDefault();

    /// <summary>Reads a value, boxed, for the table of values.</summary>
    internal abstract bool TryParse(string text, out object? value);

    /// <summary>Writes a boxed value as the file would have it.</summary>
    internal abstract string Format(object? value);
}

/// <summary>A row whose values are of type T.</summary>
internal sealed class Setting<T>(string key, SettingType<T> type, Func<T> fallback, string doc)
    : Setting(key, type.Allowed, doc)
{
    /// <summary>A row whose default is the same everywhere.</summary>
    public Setting(string key, SettingType<T> type, T fallback, string doc)
        : this(key, type, () => fallback, doc)
    {
    }

    /// <inheritdoc/>
    public override string DefaultText => ComputedDefault is null ? type.Format(fallback()) : "";

    internal override object? BoxedDefault() => fallback();

    internal override bool TryParse(string text, out object? value)
    {
        var good = type.TryParse(text, out var typed);
        value = typed;
        return good;
    }

    internal override string Format(object? value) => type.Format((T)value!);
}

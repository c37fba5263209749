namespace Forewarn.Controller.Fleet;

/// <summary>
/// Texts that many nodes say alike, such as a product's name: one instance for all. It holds so many and then begins anew, so that a node that says something
/// else each time fills nothing. For one thread at a time.
/// </summary>
public sealed class SharedTexts
{
    // Own figure: products, drivers, versions and rules of a large site are some hundred.
    private const int Most = 4096;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>An equal text that was met before, else this one.</summary>
    public string Of(string text)
    {
        if (text.Length == 0) return "";
        if (_texts.TryGetValue(text, out var known)) return known;
        if (_texts.Count == Most) _texts.Clear();
        _texts.Add(text, text);
        return text;
    }
}

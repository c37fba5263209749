namespace Forewarn.Daemon.Reporting;

/// <summary>Up to where the controller has taken the events of a store. Immutable.</summary>
/// <param name="Store">Which store; empty before the first report.</param>
/// <param name="Number">The greatest number that need not be sent again.</param>
/// <param name="Name">What the controller is told that it is called; empty where that is its own name.</param>
internal sealed record TakenNumber(string Store, long Number, string Name = "")
{
    /// <summary>Nothing was taken of any.</summary>
    public static TakenNumber None { get; } = new("", 0);

    /// <summary>After which number the events of this store are to be sent.</summary>
    public long In(string store) => store == Store ? Number : 0;

    /// <summary>What the controller is told that this store is called.</summary>
    public string NameOf(string store) => store == Store && Name.Length > 0 ? Name : store;

    /// <summary>
    /// The same store under another name, of which nothing was taken: it is an older copy of itself, brought back from somewhere, and gives numbers to new events that the
    /// controller knows as those of others.
    /// </summary>
    public static TakenNumber Anew(string store) => new(store, 0, $"{store}-{Guid.NewGuid():n}");
}

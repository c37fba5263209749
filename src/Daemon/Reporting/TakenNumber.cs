namespace Forewarn.Daemon.Reporting;

/// <summary>Up to where the controller has taken the events of a store. Immutable.</summary>
/// <param name="Store">Which store; empty before the first report.</param>
/// <param name="Number">The greatest number that need not be sent again.</param>
internal sealed record TakenNumber(string Store, long Number)
{
    /// <summary>Nothing was taken of any.</summary>
    public static TakenNumber None { get; } = new("", 0);

    /// <summary>After which number the events of this store are to be sent.</summary>
    public long In(string store) => store == Store ? Number : 0;
}

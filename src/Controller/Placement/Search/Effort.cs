namespace Forewarn.Controller.Placement.Search;

/// <summary>How much is still looked at, in seats put to one destination; counted and not timed, so that the same problem always yields the same plan.</summary>
internal sealed class Effort(long most)
{
    private long _left = most;

    public bool IsSpent => _left <= 0;

    /// <summary>False once nothing is left.</summary>
    public bool Spend(long some)
    {
        _left -= some;
        return !IsSpent;
    }
}

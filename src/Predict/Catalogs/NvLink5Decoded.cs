namespace Forewarn.Predict.Catalogs;

/// <summary>What an Xid 144–150 says once it is taken apart.</summary>
/// <param name="Unit">Who reports.</param>
/// <param name="Remedy">What follows.</param>
/// <param name="FollowsAdvice">Only the driver's own advice (Xid 154) can tell; the remedy is for its absence.</param>
/// <param name="Reason">Why the link went down; null where it did not.</param>
internal readonly record struct NvLink5Decoded(NvLink5Unit Unit, Remedy Remedy, bool FollowsAdvice, LinkDownReason? Reason);

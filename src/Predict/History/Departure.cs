using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>A device that is no longer where it was.</summary>
/// <param name="Old">Its history, kept for the case that it shows up elsewhere.</param>
/// <param name="New">What is in its place.</param>
/// <param name="IsReplaced">True for another card, false for the same one that has told who it is.</param>
internal readonly record struct Departure(DeviceHistory Old, Device New, bool IsReplaced);

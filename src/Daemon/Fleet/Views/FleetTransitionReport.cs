using Forewarn.Model;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>One thing that happened on a node; the id is its number there.</summary>
internal sealed record FleetTransitionReport(long Id, HealthEventKind Kind, string Device, DateTimeOffset At, string Text, string? Rule);

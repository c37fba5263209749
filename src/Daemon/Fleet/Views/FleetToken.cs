namespace Forewarn.Daemon.Fleet.Views;

/// <summary>The answer of <c>fleet token --json</c>.</summary>
internal sealed record FleetToken(string Node, string Token);

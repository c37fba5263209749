namespace Forewarn.Daemon.Api.Reports;

/// <summary>Every refusal's body: problem details (RFC 9457) with a hint at what to do instead.</summary>
internal sealed record Problem(string Title, int Status, string Detail, string Hint);

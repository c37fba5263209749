namespace Forewarn.Daemon.Api;

/// <summary>An address or socket that cannot be served; the message is meant for the person who started the agent.</summary>
internal sealed class ListenException(string message, Exception? cause = null) : Exception(message, cause);

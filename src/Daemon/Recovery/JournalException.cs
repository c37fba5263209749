namespace Forewarn.Daemon.Recovery;

/// <summary>The journal cannot be written or read: nothing may be done then.</summary>
internal sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);

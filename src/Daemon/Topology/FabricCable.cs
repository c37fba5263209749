namespace Forewarn.Daemon.Topology;

/// <summary>A cable as one of its ends tells it; the other end tells it again.</summary>
/// <param name="One">The station that tells.</param>
/// <param name="OnePort">Its port.</param>
/// <param name="Other">The station at the other end.</param>
/// <param name="OtherPort">The port there.</param>
/// <param name="Lanes">1, 2, 4, 8 or 12 as it runs, 0 where it is not told. How much is too little is not judged here.</param>
/// <param name="Speed">Of a lane, by its name: <c>SDR</c> … <c>NDR</c>; empty where it is not told.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record FabricCable(string One, int OnePort, string Other, int OtherPort, int Lanes, string Speed, int Line);

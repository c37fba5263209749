namespace Forewarn.Daemon.Simulation;

/// <summary>The simulated node cannot be had; the message is for the person who asked for it.</summary>
internal sealed class SimulationException(string message) : Exception(message);
